package io.flowmaestro.connections.migration.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.migration.LegacySealing;
import io.flowmaestro.connections.migration.row.MappedRow.Importable;
import io.flowmaestro.connections.migration.row.MappedRow.Unusable;
import io.flowmaestro.connections.migration.source.Field;
import io.flowmaestro.connections.migration.source.SourceRow;
import io.flowmaestro.connections.migration.source.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMapperTest {
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";
    private static final String USER = "0190a1ce-0000-7000-8000-00000000a11c";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LegacySealing SEALING = new LegacySealing();

    private final RowMapper mapper = new RowMapper(Optional.empty(), ZoneId.of("UTC"), NOW);
    private final Map<Field, String> values = new EnumMap<>(Map.of(
            Field.USER, USER,
            Field.NAME, "My OpenAI",
            Field.METHOD, "api_key",
            Field.PROVIDER, "openai",
            Field.STATUS, "active",
            Field.ENVELOPE, SEALING.object("{}"),
            Field.CREATED_AT, "2025-01-02 03:04:05"));

    @Test
    void aRowThatIsAsTheRegistryHasItIsCarriedOverWithoutAWord() {
        Importable row = importable();

        assertThat(row.id()).isEqualTo(UUID.fromString(ID));
        assertThat(row.notes()).isEmpty();
        assertThat(row.body().properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "id",
                        "user_id",
                        "name",
                        "connection_method",
                        "provider",
                        "status",
                        "legacy_envelope",
                        "created_at");
        assertThat(row).asString().isEqualTo("connections " + ID);
    }

    @Nested
    class Methods {
        @ParameterizedTest
        @CsvSource({
            "api_key, api_key",
            "API Key, api_key",
            "apikey, api_key",
            "oauth2, oauth2",
            "oauth2_token, oauth2",
            "OAuth, oauth2",
            "basic_auth, basic_auth",
            "basic, basic_auth",
            "custom, custom"
        })
        void areKnownInTheSpellingsOfOlderTables(String source, String ours) {
            values.put(Field.METHOD, source);

            assertThat(text("connection_method")).isEqualTo(ours);
        }

        @Test
        void thatNobodyKnowsAreRefused() {
            values.put(Field.METHOD, "kerberos");

            assertThat(unusable().code()).isEqualTo("method-unknown");
        }

        @Test
        void mcpNeedsItsServersUrl() {
            values.put(Field.METHOD, "mcp");

            assertThat(unusable().code()).isEqualTo("mcp-server-url-missing");
        }

        @Test
        void mcpFindsItsServersUrlAmongAnIntegrationsSettings() {
            values.put(Field.METHOD, "mcp");
            values.put(Field.CONFIG, "{\"server_url\": \"https://mcp.example\"}");

            assertThat(text("mcp_server_url")).isEqualTo("https://mcp.example");
        }

        @Test
        void otherThanMcpHaveNoServersUrl() {
            values.put(Field.MCP_SERVER_URL, "https://mcp.example");

            assertThat(importable().body().has("mcp_server_url")).isFalse();
            assertThat(importable().notes()).containsExactly("left out the mcp_server_url of another method");
        }
    }

    @Nested
    class Providers {
        @ParameterizedTest
        @CsvSource({
            "OpenAI, openai",
            "Google Sheets, google-sheets",
            "google_sheets, google-sheets",
            "__x__, x",
            "a..b, a-b"
        })
        void becomeSlugsAndTheReportSaysSo(String source, String slug) {
            values.put(Field.PROVIDER, source);

            assertThat(text("provider")).isEqualTo(slug).matches("[a-z0-9][a-z0-9-]{0,63}");
            assertThat(importable().notes()).containsExactly("normalised provider to " + slug);
        }

        @Test
        void areNoLongerThanASlugMayBe() {
            values.put(Field.PROVIDER, "x".repeat(63) + "_yz");

            assertThat(text("provider")).isEqualTo("x".repeat(63));
        }

        @Test
        void thatAreSlugsAlreadyStayAsTheyAre() {
            values.put(Field.PROVIDER, "custom--mcp-");

            assertThat(text("provider")).isEqualTo("custom--mcp-");
            assertThat(importable().notes()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "___", "日本"})
        void ofWhichNothingRemainsAreRefused(String source) {
            values.put(Field.PROVIDER, source);

            assertThat(unusable().code()).isEqualTo("provider-unusable");
        }
    }

    @Nested
    class Names {
        @Test
        void areCutAt255CharactersAndNeverWithinOne() {
            values.put(Field.NAME, "😀".repeat(256));

            assertThat(text("name")).isEqualTo("😀".repeat(255));
            assertThat(importable().notes()).containsExactly("normalised name to its first 255 characters");
        }

        @Test
        void thatAreEmptyBecomeTheProviders() {
            values.put(Field.NAME, " ");

            assertThat(text("name")).isEqualTo("openai");
        }
    }

    @Nested
    class Statuses {
        @ParameterizedTest
        @CsvSource({"active, active", "EXPIRED, expired", "invalid, invalid", "revoked, revoked"})
        void thatTheRegistryHasAreKept(String source, String ours) {
            values.put(Field.STATUS, source);

            assertThat(text("status")).isEqualTo(ours);
        }

        @Test
        void thatItDoesNotHaveNeedATestToPass() {
            values.put(Field.STATUS, "pending");

            assertThat(text("status")).isEqualTo("invalid");
            assertThat(importable().notes()).containsExactly("normalised an unknown status to invalid");
        }

        @Test
        void areActiveByDefault() {
            values.remove(Field.STATUS);

            assertThat(text("status")).isEqualTo("active");
        }

        @Test
        void ofWhatWasSwitchedOffNeedItsOwner() {
            values.put(Field.ENABLED, "false");

            assertThat(text("status")).isEqualTo("revoked");
        }
    }

    @Nested
    class DetailsOfARow {
        @Test
        void thatAreNullAreAbsent() {
            values.put(Field.METADATA, "null");
            values.put(Field.MCP_TOOLS, "null");

            assertThat(importable().body().has("metadata")).isFalse();
            assertThat(importable().body().has("mcp_tools")).isFalse();
            assertThat(importable().notes()).isEmpty();
        }

        @Test
        void ofAnotherFormAreKeptAsideOrLeftOut() {
            values.put(Field.METADATA, "[1, 0.12345678901234567891]");
            values.put(Field.MCP_TOOLS, "{}");
            values.put(Field.CAPABILITIES, "[]");

            assertThat(importable().body().path("metadata").toString())
                    .isEqualTo("{\"imported\":[1,0.12345678901234567891]}");
            assertThat(importable().notes())
                    .containsExactly(
                            "left out mcp_tools of an unknown form",
                            "left out capabilities of an unknown form",
                            "normalised metadata that is no object to its field imported");
        }

        @Test
        void thatAreNamedLikeSecretsDoNotBecomeMetadata() {
            values.put(
                    Field.CONFIG,
                    "{\"region\": \"eu\", \"apiKey\": \"canary\", \"auth\": {\"Password\": \"canary\", \"realm\": \"x\"}, \"list\": [{\"access_token\": \"canary\"}]}");

            assertThat(importable().body().path("metadata").toString())
                    .isEqualTo("{\"integration_config\":{\"region\":\"eu\",\"auth\":{\"realm\":\"x\"},\"list\":[{}]}}");
            assertThat(importable().notes())
                    .containsExactly("left out of config what is named like a secret: apiKey, Password, access_token");
        }
    }

    @Nested
    class Times {
        @Test
        void withoutAZoneAreOfTheOneNamed() {
            RowMapper berlin = new RowMapper(Optional.empty(), ZoneId.of("Europe/Berlin"), NOW);
            values.put(Field.CREATED_AT, "2025-07-02 12:00:00.123456");
            values.put(Field.UPDATED_AT, "2025-07-02 12:00:00Z");

            JsonNode body = ((Importable) berlin.map(row())).body();

            assertThat(body.path("created_at").asText()).isEqualTo("2025-07-02T10:00:00.123456Z");
            assertThat(body.path("updated_at").asText()).isEqualTo("2025-07-02T12:00:00Z");
        }

        @Test
        void ofCreationAreNeverMissing() {
            values.remove(Field.CREATED_AT);
            assertThat(text("created_at")).isEqualTo(NOW.toString());

            values.put(Field.UPDATED_AT, "2025-01-02 03:04:05");
            assertThat(text("created_at")).isEqualTo("2025-01-02T03:04:05Z");
        }

        @ParameterizedTest
        @ValueSource(strings = {"infinity", "-infinityZ", "0044-03-15 00:00:00 BC", "294276-12-31 00:00:00"})
        void thatNoClockShowsAreRefused(String time) {
            values.put(Field.DELETED_AT, time);

            assertThat(unusable().code()).isEqualTo("timestamp-unusable");
            assertThat(unusable().detail()).startsWith("deleted_at ");
        }
    }

    @Nested
    class Owners {
        @ParameterizedTest
        @NullSource
        @ValueSource(strings = "alice@example.com")
        void thatTheServicesCannotKnowAreRefused(String user) {
            values.remove(Field.USER);
            if (user != null) {
                values.put(Field.USER, user);
            }

            assertThat(unusable().code()).isEqualTo(user == null ? "user-missing" : "user-id-not-a-uuid");
            assertThat(unusable().userId()).isEmpty();
            assertThat(unusable().toString()).doesNotContain("alice");
        }

        @Test
        void areMappedWithAnIssuer() {
            values.put(Field.USER, "alice@example.com");

            Importable row =
                    (Importable) new RowMapper(Optional.of("https://id.example"), ZoneId.of("UTC"), NOW).map(row());

            assertThat(row.owner().version()).isEqualTo(5);
            assertThat(row.notes()).containsExactly("mapped user_id to the UUIDv5 of issuer and id");
        }
    }

    @Test
    void anIdThatIsNoUuidIsRefusedAndReportedAsItIs() {
        MappedRow row =
                mapper.map(new SourceRow(Table.CREDENTIALS, "cred_42", values, Optional.empty(), Optional.empty()));

        assertThat(row).isInstanceOfSatisfying(Unusable.class, unusable -> {
            assertThat(unusable.code()).isEqualTo("id-not-a-uuid");
            assertThat(unusable.sourceId()).isEqualTo("cred_42");
            assertThat(unusable.userId()).contains(UUID.fromString(USER));
        });
    }

    private String text(String field) {
        return importable().body().path(field).asText();
    }

    private Importable importable() {
        return (Importable) mapper.map(row());
    }

    private Unusable unusable() {
        return (Unusable) mapper.map(row());
    }

    private SourceRow row() {
        return new SourceRow(Table.CONNECTIONS, ID, values, Optional.empty(), Optional.empty());
    }
}
