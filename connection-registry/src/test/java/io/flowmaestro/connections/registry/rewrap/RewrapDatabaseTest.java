package io.flowmaestro.connections.registry.rewrap;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RewrapDatabaseTest {

    /** Columns of JSON in which no secret is. */
    private static final List<String> WITHOUT_ENVELOPES = List.of(
            "connection_events.details",
            "connection_uses.details",
            "connections.approved_tools",
            "connections.capabilities",
            "connections.last_test",
            "connections.mcp_tools",
            "connections.metadata",
            "connections.tool_policy",
            "erasures.steps",
            "providers.definition",
            "templates.items",
            "users.preferences",
            "webhook_deliveries.payload");

    @Inject
    Workers workers;

    @Inject
    SealedRows rows;

    @BeforeEach
    void onlyTheTestWorks() throws SQLException {
        workers.rest();
        Rows.clear();
    }

    @AfterEach
    void theScheduleWorksAgain() throws SQLException {
        Rows.clear();
        workers.resume();
    }

    private static void execute(String role, String statement) throws SQLException {
        try (var connection = PostgresResource.as(role);
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static SealedRow connection(UUID id, String ciphertext) {
        return new SealedRow(Store.CONNECTIONS, id, id.toString(), Rows.envelope(ciphertext));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select data from registry.connections",
                "select * from registry.connections",
                "select count(*) from registry.connections where data is not null",
                "update registry.connections set rewrap_claimed_until = null returning data",
                "update registry.connections set data = '{}'",
                "update registry.connections set rewrap_run = 99",
                "delete from registry.connections",
                "select secret from registry.webhooks",
                "update registry.webhooks set secret = '{}'",
                "update registry.webhooks set rewrap_run = 99",
                "select client_secret from registry.providers",
                "select client_id from registry.providers",
                "update registry.providers set client_secret = null",
                "update registry.providers set rewrap_run = 99",
                "update registry.rewrap_runs set rewrapped = 0"
            })
    void jobsRoleClaimsAndNeverSeesOrChangesSecretsOrResults(String statement) throws SQLException {
        Rows.one(ALICE, "x");
        Rows.webhook(ALICE, "y");
        Rows.client("acme", "z");
        for (Store store : Store.values()) {
            execute("registry_jobs", store.sql("update {table} set rewrap_claimed_until = now()"));
        }

        assertThatThrownBy(() -> execute("registry_jobs", statement)).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into registry.rewrap_runs default values",
                "update registry.rewrap_runs set finished_at = now()",
                "delete from registry.rewrap_runs"
            })
    void appRoleNeitherStartsNorEndsRuns(String statement) {
        assertThatThrownBy(() -> execute("registry_app", statement)).hasMessageContaining("permission denied");
    }

    @Test
    void aWorkerSeesAndWritesOnlyRowsOfTheUserItWorksFor() throws SQLException {
        UUID hers = Rows.one(ALICE, "hers");
        UUID his = Rows.one(BOB, "his");
        long run = workers.started();

        assertThat(Workers.await(rows.read(Store.CONNECTIONS, BOB, run, List.of(hers, his))))
                .extracting(SealedRow::id)
                .containsExactly(his);

        var result = new RowResult(connection(hers, "hers"), Outcome.REWRAPPED, Rows.envelope("stolen"));
        assertThat(Workers.await(rows.write(Store.CONNECTIONS, BOB, run, List.of(result))))
                .isEmpty();
        assertThat(Rows.ciphertext(hers)).isEqualTo("hers");
        assertThat(workers.progress().rewrapped()).isZero();
    }

    @Test
    void aLateWriterChangesAndCountsNothingThatIsDone() throws SQLException {
        UUID id = Rows.one(ALICE, "old");
        long run = workers.started();
        var result = new RowResult(connection(id, "old"), Outcome.UNCHANGED, Rows.envelope("old"));

        assertThat(Workers.await(rows.write(Store.CONNECTIONS, ALICE, run, List.of(result))))
                .hasSize(1);
        assertThat(Workers.await(rows.write(Store.CONNECTIONS, ALICE, run, List.of(result))))
                .isEmpty();
        assertThat(workers.progress().unchanged()).isEqualTo(1);
    }

    @Test
    void everyOtherWriteOfAnEnvelopeMakesTheRowDueAgainAndAnEditOfTheNameDoesNot() throws SQLException {
        UUID id = Rows.one(ALICE, "old");
        Rows.execute("update registry.connections set rewrap_run = 7");

        Rows.execute("update registry.connections set name = 'other'");
        assertThat(Rows.run(id)).isEqualTo(7);

        Rows.execute("update registry.connections set data = '" + Rows.envelope("new") + "'");
        assertThat(Rows.run(id)).isZero();
    }

    @Test
    void everyOtherWriteOfASecretMakesItDueAgainAndAnEditBesideItDoesNot() throws SQLException {
        Rows.webhook(ALICE, "old");
        Rows.client("acme", "old");
        Rows.execute("update registry.webhooks set rewrap_run = 7");
        Rows.execute("update registry.providers set rewrap_run = 7");

        Rows.execute("update registry.webhooks set url = 'https://other.example/'");
        Rows.execute("update registry.providers set definition = '{\"key\": \"acme\"}'");
        assertThat(Rows.text("select rewrap_run from registry.webhooks")).isEqualTo("7");
        assertThat(Rows.text("select rewrap_run from registry.providers")).isEqualTo("7");

        Rows.execute("update registry.webhooks set secret = '" + Rows.envelope("new") + "'");
        Rows.execute("update registry.providers set client_secret = '" + Rows.envelope("new") + "'");
        assertThat(Rows.text("select rewrap_run from registry.webhooks")).isEqualTo("0");
        assertThat(Rows.text("select rewrap_run from registry.providers")).isEqualTo("0");
    }

    /** Whoever stores an envelope in a new place has to have it rewrapped, or it is lost with the version that sealed it. */
    @Test
    void runsGoThroughEveryColumnThatHoldsEnvelopes() throws SQLException {
        String columns = Rows.text("""
                select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_name)
                  from information_schema.columns join information_schema.tables using (table_schema, table_name)
                 where table_schema = 'registry' and table_type = 'BASE TABLE'
                   and (data_type like 'json%' or udt_name like '\\_json%')""");
        List<String> envelopes = Arrays.stream(Store.values())
                .map(store -> store.sql("{table}.{envelope}").replace("registry.", ""))
                .toList();

        assertThat(columns.split(" ")).containsAll(envelopes);
        assertThat(columns.split(" "))
                .filteredOn(column -> !envelopes.contains(column))
                .containsExactlyElementsOf(WITHOUT_ENVELOPES);
    }

    @Test
    void thereIsOneUnfinishedRunAtMost() throws SQLException {
        workers.started();

        assertThatThrownBy(() -> Rows.execute("insert into registry.rewrap_runs default values"))
                .hasMessageContaining("rewrap_runs_unfinished");
    }

    /** With a million rows to do, a claim that sorted them all would take longer than the work. */
    @Test
    void claimsFollowTheIndexInsteadOfSorting() throws SQLException {
        Rows.many(100, 50);
        Rows.execute("analyze registry.connections");

        String claim = Store.CONNECTIONS
                .sql(Claims.CLAIM)
                .replace("$1", "1")
                .replace("$2", "100")
                .replace("$3", "30000");

        String plan = Rows.text("explain (format json) " + claim);

        assertThat(plan).contains("connections_due_for_rewrap").doesNotContain("Sort");
    }
}
