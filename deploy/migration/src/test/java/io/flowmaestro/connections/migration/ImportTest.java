package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.migration.ImportCall.Ended;
import io.flowmaestro.connections.migration.ScriptedRegistry.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The command from end to end: a real PostgreSQL with FlowMaestro's tables, and a registry as the contract has it. */
class ImportTest {
    private static final String PLAINTEXT = "{\"api_key\":\"sk-canary-4711\"}";

    @TempDir
    private Path folder;

    private final LegacySealing sealing = new LegacySealing();
    private SourceFixture source;
    private ScriptedRegistry registry;
    private ImportCall call;

    @BeforeEach
    void create() throws Exception {
        source = new SourceFixture().connections();
        registry = new ScriptedRegistry();
        call = new ImportCall(source, registry, folder.resolve("report.ndjson"));
    }

    @AfterEach
    void end() throws SQLException {
        registry.close();
        source.close();
    }

    @Nested
    class Rows {
        @ParameterizedTest
        @CsvSource({"api_key", "oauth2", "basic_auth", "custom", "mcp"})
        void ofEachMethodKeepTheirIdAndTheirSealedSecret(String method) throws Exception {
            UUID id = source.connection(method, "openai", sealing.object(PLAINTEXT));

            assertThat(call.run())
                    .isEqualTo(new Ended(
                            0, "connections: 1 rows, 1 imported\nEach row: " + folder.resolve("report.ndjson")));

            JsonNode row = registry.stored().get(id.toString());
            assertThat(row.path("user_id").asText()).isEqualTo(SourceFixture.USER);
            assertThat(row.path("connection_method").asText()).isEqualTo(method);
            JsonNode envelope = row.path("legacy_envelope");
            assertThat(sealing.openObject(
                            envelope.path("iv").asText(),
                            envelope.path("data").asText(),
                            envelope.path("authTag").asText()))
                    .isEqualTo(PLAINTEXT);
            assertThat(call.line(id).toString())
                    .isEqualTo("{\"table\":\"connections\",\"id\":\"%s\",\"user_id\":\"%s\",\"outcome\":\"imported\"}"
                            .formatted(id, SourceFixture.USER));
        }

        @Test
        void ofAllThreeTablesComeInTheirOrder() throws Exception {
            source.credentials().integrations();
            UUID connection = source.connection("api_key", "openai", sealing.object(PLAINTEXT));
            UUID credential = source.credential("api_key", "slack", sealing.compact(PLAINTEXT));
            UUID integration = source.integration(
                    "slack", credential, "{\"channel\": \"#general\", \"bot_token\": \"xoxb-canary\"}");

            assertThat(call.run().output())
                    .startsWith(
                            "connections: 1 rows, 1 imported\ncredentials: 1 rows, 1 imported\nintegrations: 1 rows, 1 imported\n");

            assertThat(registry.stored().keySet())
                    .containsExactly(connection.toString(), credential.toString(), integration.toString());
            JsonNode moved = registry.stored().get(integration.toString());
            assertThat(sealing.openCompact(moved.path("legacy_envelope").asText()))
                    .isEqualTo(PLAINTEXT);
            assertThat(moved.path("provider").asText()).isEqualTo("slack");
            assertThat(moved.path("metadata").toString())
                    .isEqualTo("{\"integration_config\":{\"channel\":\"#general\"}}");
            assertThat(call.line(integration).path("detail").asText())
                    .isEqualTo("left out of config what is named like a secret: bot_token");
        }

        @Test
        void withAnIdThatAnEarlierTableHasAreReportedAndNotSent() throws Exception {
            source.credentials();
            UUID id = source.connection("api_key", "openai", sealing.object(PLAINTEXT));
            source.credential("api_key", "openai", sealing.compact(PLAINTEXT));
            source.sql("update flowmaestro.credentials set id = '" + id + "'");

            assertThat(call.run().exitCode()).isEqualTo(3);

            assertThat(call.lines())
                    .extracting(line -> line.path("table").asText() + " "
                            + line.path("code").asText())
                    .containsExactly("connections ", "credentials duplicate-id");
            assertThat(registry.requests()).hasSize(1);
        }

        @Test
        void keepWhatIsKnownOfThem() throws Exception {
            UUID id = source.connection("mcp", "filesystem", sealing.object(PLAINTEXT));
            source.sql("""
                    update flowmaestro.connections set status = 'expired', mcp_tools = '[{"name": "read_file"}]',
                      capabilities = '{"read": true}', metadata = '{"account": {"email": "a@example.com"}}',
                      last_used_at = '2025-01-02 03:04:05.678', last_tested_at = '2025-01-03', created_at = '2024-07-01 12:00',
                      updated_at = '2025-01-04 00:00', deleted_at = '2025-02-01 00:00'""");

            assertThat(call.run("--time-zone", "Europe/Berlin").exitCode()).isZero();

            JsonNode row = registry.stored().get(id.toString());
            assertThat(row.path("mcp_server_url").asText()).isEqualTo("http://localhost:3100");
            assertThat(row.path("mcp_tools").toString()).isEqualTo("[{\"name\":\"read_file\"}]");
            assertThat(row.path("capabilities").toString()).isEqualTo("{\"read\":true}");
            assertThat(row.path("metadata").toString()).isEqualTo("{\"account\":{\"email\":\"a@example.com\"}}");
            assertThat(row.path("status").asText()).isEqualTo("expired");
            assertThat(row.path("created_at").asText()).isEqualTo("2024-07-01T10:00:00Z");
            assertThat(row.path("last_used_at").asText()).isEqualTo("2025-01-02T02:04:05.678Z");
            assertThat(row.path("deleted_at").asText()).isEqualTo("2025-01-31T23:00:00Z");
        }

        @Test
        void withASecretInTheOpenAreNotSentAnywhere() throws Exception {
            UUID id = source.connection("api_key", "openai", PLAINTEXT);

            assertThat(call.run().output()).contains("1 refused (1 not-sealed)");

            assertThat(registry.requests()).isEmpty();
            assertThat(call.line(id).path("code").asText()).isEqualTo("not-sealed");
            assertThat(folder.resolve("report.ndjson")).content().doesNotContain("canary");
        }
    }

    @Nested
    class Source {
        @Test
        void isReadAndNeverWritten() throws Exception {
            some(3);
            String before =
                    source.value("select md5(string_agg(c::text, ',' order by id)) from flowmaestro.connections c");
            source.sql(
                    "grant usage on schema flowmaestro to importer; grant select on all tables in schema flowmaestro to importer");

            Ended ended = call.exactly(
                    new StopRequest(),
                    List.of(
                            "--from",
                            source.url("importer"),
                            "--to",
                            registry.url(),
                            "--report",
                            folder.resolve("report.ndjson").toString()));

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(source.value("select md5(string_agg(c::text, ',' order by id)) from flowmaestro.connections c"))
                    .isEqualTo(before);
        }

        @Test
        void whoseRowPolicyWouldHideRowsIsRefused() throws Exception {
            some(3);
            source.sql("""
                    grant usage on schema flowmaestro to importer;
                    grant select on all tables in schema flowmaestro to importer;
                    alter table flowmaestro.connections enable row level security""");

            Ended ended = call.exactly(
                    new StopRequest(),
                    List.of(
                            "--from",
                            source.url("importer"),
                            "--to",
                            registry.url(),
                            "--report",
                            folder.resolve("report.ndjson").toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("row-level security").contains("bypassrls");
        }

        @Test
        void thatMayNotBeReadSaysWhichRightIsMissing() throws Exception {
            Ended ended = call.exactly(
                    new StopRequest(),
                    List.of(
                            "--from",
                            source.url("importer"),
                            "--to",
                            registry.url(),
                            "--report",
                            folder.resolve("report.ndjson").toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("permission denied")
                    .contains("Grant the role of --from the right to read");
        }
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @EnumSource(
                names = {"UNAVAILABLE", "HUNG_UP_BEFORE", "HUNG_UP_AFTER", "HUNG_UP_HALFWAY", "LATE", "INTERNAL_ERROR"})
        void thatPassLoseNoRowAndKeepTheOrder(Fault fault) throws Exception {
            List<String> ids = some(10);
            registry.plan(Fault.NONE, fault, Fault.NONE, fault, fault);

            Ended ended = call.run("--batch", "3");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void thatDoNotPassStopTheRunAndNothingOfTheBatchIsReported() throws Exception {
            List<String> ids = some(6);
            registry.plan(Fault.NONE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE);

            Ended ended = call.run("--batch", "3");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("did not take a batch in 4 attempts (the last: 503 vault-unavailable: Scripted.)")
                    .contains("--resume --report " + folder.resolve("report.ndjson"));
            assertThat(lineIds()).containsExactlyElementsOf(ids.subList(0, 3));
            assertThat(call.run("--batch", "3", "--resume").exitCode()).isZero();
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @ParameterizedTest
        @CsvSource({
            "UNAUTHORISED, does not accept the token (401)",
            "FORBIDDEN, with the role admin",
            "NOT_FOUND, the front door does not route /internal",
            "SHORT, does not name each row that it was sent"
        })
        void thatTheOperatorHasToMendAreNotTriedAgain(Fault fault, String said) throws Exception {
            some(1);
            registry.plan(fault);

            Ended ended = call.run();

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains(said).doesNotContain(ScriptedRegistry.TOKEN);
            assertThat(registry.queries()).hasSize(1);
            assertThat(call.lines()).isEmpty();
        }

        @Test
        void ofOneRowAreThatRowsOnly() throws Exception {
            List<String> ids = some(9);
            registry.cannotRead(row -> row.path("id").asText().equals(ids.get(4)));
            registry.refuses(row -> row.path("id").asText().equals(ids.get(7)));

            Ended ended = call.run();

            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("9 rows, 7 imported, 2 refused (1 decryption-failed, 1 request-invalid)");
            assertThat(lineIds()).containsExactlyElementsOf(ids);
            assertThat(registry.stored()).hasSize(7);
        }

        @Test
        void ofSizeAreMetBySmallerRequests() throws Exception {
            List<String> ids = some(20);
            registry.takesAtMost(3_000);

            assertThat(call.run().exitCode()).isZero();

            assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
        }

        @Test
        void aTokenRenewedInItsFileIsTakenUp() throws Exception {
            some(1);
            Path file = Files.writeString(folder.resolve("token"), "former\n");
            registry.plan(Fault.LATE, Fault.UNAUTHORISED);
            call.variable("CONNECTIONS_TOKEN_FILE", file.toString());
            Thread renewal = Thread.startVirtualThread(() -> {
                while (registry.authorizations().isEmpty()) {
                    Thread.onSpinWait();
                }
                write(file, "renewed\n");
            });

            assertThat(call.run().exitCode()).isZero();

            renewal.join();
            assertThat(registry.authorizations()).startsWith("Bearer former").endsWith("Bearer renewed");
        }
    }

    @Nested
    class Again {
        @Test
        void everythingIsUnchangedAndNothingIsMadeTwice() throws Exception {
            List<String> ids = some(5);
            call.run();

            Ended ended = new ImportCall(source, registry, folder.resolve("second.ndjson")).run();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.output()).startsWith("connections: 5 rows, 5 unchanged\n");
            assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
        }

        @Test
        void aReportIsNotOverwritten() throws Exception {
            some(1);
            call.run();

            Ended ended = call.run();

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.output())
                    .startsWith("connections: There is a report ")
                    .contains("--resume")
                    .hasLineCount(1);
        }

        @Test
        void aDryRunWritesNothing() throws Exception {
            some(3);

            Ended ended = call.run("--dry-run");

            assertThat(ended)
                    .isEqualTo(new Ended(
                            0,
                            "connections: 3 rows, 3 would import\nNothing was written. Each row: "
                                    + folder.resolve("report.ndjson")));
            assertThat(registry.stored()).isEmpty();
            assertThat(registry.queries()).containsOnly("/internal/imports/connections?dry_run=true");
        }
    }

    @Nested
    class Stopping {
        @Test
        void isDoneAfterTheBatchInHandAndTheRestFollows() throws Exception {
            List<String> ids = some(10);
            StopRequest stop = new StopRequest();
            stop.ask();

            Ended ended = call.run(stop, "--batch", "4");

            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.output())
                    .isEqualTo("connections: stopped after 4 rows. Go on with the same options and --resume"
                            + " --report " + folder.resolve("report.ndjson") + ".");
            assertThat(lineIds()).containsExactlyElementsOf(ids.subList(0, 4));
            assertThat(call.run("--resume").output()).startsWith("connections: 10 rows, 10 imported\n");
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void doesNotWaitForARegistryThatIsAway() throws Exception {
            some(1);
            registry.plan(Fault.UNAVAILABLE);
            StopRequest stop = new StopRequest();
            stop.ask();

            assertThat(call.run(stop).exitCode()).isEqualTo(130);

            assertThat(registry.queries()).hasSize(1);
            assertThat(call.run("--resume").exitCode()).isZero();
        }
    }

    @Nested
    class Resuming {
        @Test
        void cutsATornLineAndSendsItsRowAgain() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            Files.writeString(
                    folder.resolve("report.ndjson"),
                    "{\"table\":\"connections\",\"id\":\"" + ids.get(3),
                    java.nio.file.StandardOpenOption.APPEND);

            assertThat(call.run("--resume").exitCode()).isZero();

            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void believesWholeLinesThatTheStateDoesNotKnowYet() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            Files.writeString(
                    folder.resolve("report.ndjson"),
                    "{\"table\":\"connections\",\"id\":\"%s\",\"user_id\":null,\"outcome\":\"refused\",\"code\":\"x\"}\n"
                            .formatted(ids.get(3)),
                    java.nio.file.StandardOpenOption.APPEND);

            assertThat(call.run("--resume").output()).contains("5 imported, 1 refused (1 x)");

            assertThat(registry.stored()).doesNotContainKey(ids.get(3));
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void refusesAReportThatWasChanged() throws Exception {
            some(6);
            stopAfter(3);
            Path report = folder.resolve("report.ndjson");
            Files.writeString(report, Files.readString(report).replaceFirst("imported", "unchanged"));

            assertRefused(call.run("--resume"), "is not as the run left it");
            Files.writeString(report, "");
            assertRefused(call.run("--resume"), "is not as the run left it");
        }

        @Test
        void refusesOtherOptions() throws Exception {
            some(6);
            stopAfter(3);

            assertRefused(call.run("--resume", "--dry-run"), "had another --dry-run");
            assertRefused(call.run("--resume", "--issuer", "https://id.example"), "had another --issuer");
        }

        @Test
        void refusesWhereThereIsNothing() {
            assertRefused(call.run("--resume"), "There is nothing to go on with");
        }

        @Test
        void ofAFinishedRunShowsItsSummaryOnly() throws Exception {
            some(2);
            call.run();

            assertThat(call.run("--resume").output()).startsWith("connections: 2 rows, 2 imported\n");

            assertThat(registry.queries()).hasSize(1);
        }

        @Test
        void saysWhenTheSourceChangedMeanwhile() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            source.sql("delete from flowmaestro.connections where id = '" + ids.getFirst() + "'");

            Ended ended = call.run("--resume");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("connections has 5 rows and the report 6");
        }

        private void stopAfter(int rows) {
            StopRequest stop = new StopRequest();
            stop.ask();
            assertThat(call.run(stop, "--batch", Integer.toString(rows)).exitCode())
                    .isEqualTo(130);
        }
    }

    @Test
    void theReportIsForItsOwnerOnlyAndHoldsNeitherTokenNorSecret() throws Exception {
        UUID id = source.connection("api_key", "openai", sealing.object(PLAINTEXT));

        Ended ended = call.variable("PGPASSWORD", "source-password-canary").run();

        Path report = folder.resolve("report.ndjson");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                .isEqualTo("rw-------");
        String written =
                ended.output() + Files.readString(report) + Files.readString(folder.resolve("report.ndjson.state"));
        String sealed = registry.stored()
                .get(id.toString())
                .path("legacy_envelope")
                .path("data")
                .asText();
        assertThat(written).doesNotContain(ScriptedRegistry.TOKEN, "canary", sealed);
        assertThat(registry.authorizations()).containsOnly("Bearer " + ScriptedRegistry.TOKEN);
    }

    /** Ids in the order in which they are read. */
    private List<String> some(int count) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (int i : IntStream.range(0, count).toArray()) {
            ids.add(source.connection("api_key", "provider-" + i, sealing.object(PLAINTEXT))
                    .toString());
        }
        // PostgreSQL orders UUIDs by their bytes, and so does their text.
        return ids.stream().sorted().toList();
    }

    private List<String> lineIds() throws Exception {
        return call.lines().stream().map(line -> line.path("id").asText()).toList();
    }

    private static void assertRefused(Ended ended, String reason) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        assertThat(ended.output()).startsWith("connections: ").contains(reason).hasLineCount(1);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
