package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** PostgreSQL is stopped at once and started again while both replicas work. */
final class Outages {
    private static final long DOWN_MILLIS = 2_500;
    private static final long BETWEEN_MILLIS = 1_500;
    private static final Duration NOTICE = Duration.ofSeconds(20);

    private final VaultSystem system;
    private final Proof proof;

    Outages(VaultSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    void prove() throws Exception {
        var stops = proof.times(10, 1);
        var processes = system.replicas();
        var unnoticed = 0;
        long recovery = 0;
        var load = StrictLoad.on(system, proof.random().nextLong());
        try (load) {
            for (int i = 0; i < stops; i++) {
                Thread.sleep(BETWEEN_MILLIS);
                var before = load.unavailable.sum();
                system.stopPostgresAtOnce();
                Thread.sleep(DOWN_MILLIS);
                awaitNotice(load, before);
                unnoticed += load.unavailable.sum() == before ? 1 : 0;
                system.startPostgres();
                recovery = Math.max(recovery, millisUntilReady());
            }
            Thread.sleep(BETWEEN_MILLIS);
        }
        var records =
                load.acknowledged.stream().map(StrictLoad.Acknowledged::record).toList();
        var envelopes = load.acknowledged.stream()
                .map(StrictLoad.Acknowledged::envelope)
                .toList();
        var opened = Opening.opened(system.first().client(), records, envelopes);
        var withoutRecord = withoutRecord(records);
        var halfWritten = system.number("""
                select count(*) from vault.key_owners o full join
                       (select key_id, max(key_version) as newest from vault.data_keys group by key_id) d using (key_id)
                 where o.newest_version is distinct from d.newest""");
        var verification = system.first()
                .client()
                .asAdmin("POST", "/internal/audit/verify")
                .data();
        proof.figure("stops", stops)
                .figure("stops_unnoticed", unnoticed)
                .figure("acknowledged", records.size())
                .figure("answered_503", load.unavailable)
                .figure("other_answers", load.others.size())
                .figure("longest_answer_ms", load.longestMillis)
                .figure("longest_recovery_ms", recovery)
                .figure("unopened", records.size() - opened)
                .figure("without_audit_record", withoutRecord)
                .figure("half_written_keys", halfWritten)
                .figure("audit_intact", verification.getBoolean("intact"))
                .print();

        assertThat(unnoticed).as("stops without an answer of 503").isZero();
        assertThat(load.others).isEmpty();
        assertThat(load.longestMillis.get()).isLessThan(StrictLoad.LONGEST_MILLIS);
        assertThat(records).isNotEmpty();
        assertThat(opened).isEqualTo(records.size());
        assertThat(withoutRecord).isZero();
        assertThat(halfWritten).isZero();
        assertThat(verification.getBoolean("intact")).as("%s", verification).isTrue();
        assertThat(system.replicas()).as("the same processes").isEqualTo(processes);
        assertThat(processes).allMatch(replica -> replica.process().alive());
    }

    private static void awaitNotice(StrictLoad load, long before) throws InterruptedException {
        var deadline = System.nanoTime() + NOTICE.toNanos();
        while (load.unavailable.sum() == before && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    private long millisUntilReady() throws InterruptedException {
        var began = System.nanoTime();
        for (var replica : system.replicas()) {
            replica.ready();
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    /** Every connection was sealed once, so each has one record. */
    private long withoutRecord(List<Sealed> records) throws SQLException {
        try (var sql = system.sql();
                var query = sql.prepareStatement("""
                        select count(*) from unnest(?::uuid[]) as sealed (id) where not exists
                               (select from vault.audit_records
                                 where connection_id = sealed.id and operation = 'encrypt' and outcome = 'ok')""")) {
            query.setArray(
                    1,
                    sql.createArrayOf(
                            "uuid", records.stream().map(Sealed::connection).toArray(UUID[]::new)));
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }
}
