package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.migration.ImportCall.Ended;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command from end to end. */
class ImportTest extends ImportScene {
    @Nested
    class Rows {
        @ParameterizedTest
        @CsvSource({"api_key", "oauth2", "basic_auth", "custom", "mcp"})
        void ofEachMethodKeepTheirIdAndTheirSealedSecret(String method) throws Exception {
            UUID id = source.connection(method, "openai", sealing.object(PLAINTEXT));

            assertThat(call.run()).isEqualTo(new Ended(0, "connections: 1 rows, 1 imported\nEach row: " + report()));

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
            assertThat(report()).content().doesNotContain("canary");
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
                    List.of("--from", source.url("importer"), "--to", registry.url(), "--report", report().toString()));

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
                    List.of("--from", source.url("importer"), "--to", registry.url(), "--report", report().toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("row-level security").contains("bypassrls");
        }

        @Test
        void thatMayNotBeReadSaysWhichRightIsMissing() throws Exception {
            Ended ended = call.exactly(
                    new StopRequest(),
                    List.of("--from", source.url("importer"), "--to", registry.url(), "--report", report().toString()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("permission denied")
                    .contains("Grant the role of --from the right to read");
        }
    }

    @Test
    void theReportIsForItsOwnerOnlyAndHoldsNeitherTokenNorSecret() throws Exception {
        UUID id = source.connection("api_key", "openai", sealing.object(PLAINTEXT));

        Ended ended = call.variable("PGPASSWORD", "source-password-canary").run();

        Path report = report();
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
}
