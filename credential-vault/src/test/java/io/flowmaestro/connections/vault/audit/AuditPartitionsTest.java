package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditPartitionsTest extends VaultTest {

    @Inject
    PartitionSchedule schedule;

    @Inject
    AuditKey key;

    @Inject
    AuditRecords records;

    @Inject
    AuditVerificationService verification;

    @BeforeEach
    @AfterEach
    void onlyThreeMonthsAreThereAhead() {
        for (int ahead = 4; ahead <= 24; ahead++) {
            Sql.execute("drop table if exists vault." + partition(ahead));
        }
    }

    @Test
    void areThereForThisMonthAndThreeMore() {
        schedule.make().await().atMost(Duration.ofSeconds(10));

        assertThat(partitions()).contains(partition(0), partition(1), partition(2), partition(3));
        assertThat(make(3)).isZero();
    }

    @Test
    void areMadeAgainByTheScheduleWhenTheyAreMissing() {
        Sql.execute("drop table vault." + partition(3));

        schedule.make().await().atMost(Duration.ofSeconds(10));

        assertThat(partitions()).contains(partition(3));
    }

    @Test
    void areMadeOnceByReplicasThatComeTogether() throws Exception {
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = replicas.invokeAll(
                    List.<Callable<Integer>>of(() -> make(9), () -> make(9), () -> make(9), () -> make(9)));
            var made = 0;
            for (var one : all) {
                made += one.get();
            }
            assertThat(made).isEqualTo(6);
        }
    }

    @Test
    void areMadeBesideWritersThatHaveNotCommitted() throws SQLException {
        try (var writer = PostgresResource.as("vault_app");
                var insert = writer.createStatement()) {
            writer.setAutoCommit(false);
            insert.execute(
                    "insert into vault.audit_records values (now(), gen_random_uuid(), 1, 'decrypt', 'ok', 'actor',"
                            + " null, null, null, null, null, 'trace', sha256('x'))");
            assertThat(make(5)).isEqualTo(2);
            writer.rollback();
        }
    }

    @Test
    void leaveAMonthWhoseRecordsAreInTheDefaultPartitionAlready() {
        var written = Written.chain(key, records, in(6), 3);
        try {
            assertThat(home(written)).containsOnly("vault.audit_records_default");

            assertThat(make(8)).isEqualTo(4);

            assertThat(partitions()).doesNotContain(partition(6)).contains(partition(5), partition(7), partition(8));
            assertThat(home(written)).containsOnly("vault.audit_records_default");
            var verified =
                    verification.verify(List.of(), Optional.empty()).await().atMost(Duration.ofSeconds(30));
            assertThat(verified.findings()).isEmpty();
        } finally {
            written.clear();
        }
        assertThat(make(8)).as("once they are gone").isEqualTo(1);
    }

    @Test
    void takeTheRecordsOfTheirMonth() {
        make(5);
        var written = Written.chain(key, records, in(5), 3);
        try {
            assertThat(home(written)).containsOnly("vault." + partition(5));
        } finally {
            written.clear();
        }
    }

    private static int make(int months) {
        try (var jobs = PostgresResource.as("vault_jobs")) {
            return Integer.parseInt(Sql.column(jobs, "select vault.make_audit_partitions(?)", months)
                    .getFirst());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static List<String> home(Written written) {
        return Sql.column(
                "select tableoid::regclass::text from vault.audit_records where writer_id = ?", written.writer());
    }

    private static List<String> partitions() {
        return Sql.column("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                + " where i.inhparent = 'vault.audit_records'::regclass");
    }

    private static String partition(int monthsAhead) {
        return "audit_records_"
                + YearMonth.now(ZoneOffset.UTC).plusMonths(monthsAhead).format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }

    private static Clock in(int months) {
        Instant middle = YearMonth.now(ZoneOffset.UTC)
                .plusMonths(months)
                .atDay(15)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Clock.fixed(middle, ZoneOffset.UTC);
    }
}
