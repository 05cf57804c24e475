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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a row's sealed secret is found, and that one in the open goes nowhere. */
class SecretTest {
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";
    private static final String USER = "0190a1ce-0000-7000-8000-00000000a11c";
    private static final LegacySealing SEALING = new LegacySealing();

    private final RowMapper mapper = new RowMapper(Optional.empty(), ZoneId.of("UTC"), Instant.EPOCH);
    private final Map<Field, String> values = new EnumMap<>(Map.of(
            Field.USER, USER,
            Field.NAME, "My OpenAI",
            Field.METHOD, "api_key",
            Field.PROVIDER, "openai",
            Field.ENVELOPE, SEALING.object("{}")));

    @Nested
    class OfTheRow {
        @Test
        void areTakenInEachSealedForm() {
            String object = SEALING.object("{}");
            String compact = SEALING.compact("{}");

            assertThat(envelope(object).toString()).isEqualTo(object);
            assertThat(envelope("\"" + object.replace("\"", "\\\"") + "\"").toString())
                    .isEqualTo(object);
            assertThat(envelope(compact).textValue()).isEqualTo(compact);
            assertThat(envelope("\"" + compact + "\"").textValue()).isEqualTo(compact);
            assertThat(envelope(" " + compact + "\n").textValue()).isEqualTo(compact);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"api_key\": \"sk-canary\"}",
                    "\"sk-canary\"",
                    "sk-canary",
                    "null",
                    "[]",
                    "42",
                    "",
                    "{\"iv\": \"00\", \"data\": \"sk-canary\", \"authTag\": \"00\"}",
                    "{\"iv\": \"00\", \"data\": \"00\", \"authTag\": \"00\", \"api_key\": \"sk-canary\"}"
                })
        void thatAreInTheOpenAreRefusedWithoutRepeatingThem(String open) {
            values.put(Field.ENVELOPE, open);

            assertThat(unusable().code()).isEqualTo("not-sealed");
            assertThat(unusable().toString()).doesNotContain("canary");
        }

        @Test
        void thatAreMissingAreRefused() {
            values.remove(Field.ENVELOPE);

            assertThat(unusable().code()).isEqualTo("secret-missing");
        }

        private JsonNode envelope(String column) {
            values.put(Field.ENVELOPE, column);
            return importable().body().path("legacy_envelope");
        }
    }

    @Nested
    class OfTheRowItPointsTo {
        private final Map<Field, String> credential = new EnumMap<>(Map.of(
                Field.USER,
                USER.toUpperCase(java.util.Locale.ROOT),
                Field.METHOD,
                "api_key",
                Field.ENVELOPE,
                SEALING.compact("{}"),
                Field.STATUS,
                "expired"));

        @Test
        void rowsHaveTheirCredentialsSecretMethodAndStatus() {
            JsonNode body = ((Importable) integration()).body();

            assertThat(body.path("connection_method").asText()).isEqualTo("api_key");
            assertThat(body.path("legacy_envelope").asText()).isEqualTo(credential.get(Field.ENVELOPE));
            assertThat(body.path("status").asText()).isEqualTo("expired");
        }

        @Test
        void rowsDoNotShareOAuthTokens() {
            credential.put(Field.METHOD, "oauth2");

            Unusable row = (Unusable) integration();

            assertThat(row.code()).isEqualTo("shares-oauth-tokens");
            assertThat(row.detail()).contains("refer to that id");
        }

        @Test
        void rowsDoNotGetAnotherUsersSecret() {
            credential.put(Field.USER, "0190a1ce-0000-7000-8000-00000000b0b0");
            assertThat(((Unusable) integration()).code()).isEqualTo("credential-of-another-user");

            credential.remove(Field.USER);
            assertThat(((Unusable) integration()).code()).isEqualTo("credential-of-another-user");
        }

        private MappedRow integration() {
            values.keySet().removeAll(List.of(Field.METHOD, Field.ENVELOPE, Field.STATUS));
            return mapper.map(new SourceRow(
                    Table.INTEGRATIONS,
                    ID,
                    values,
                    Optional.of(new SourceRow.Secrets("cred-1", credential)),
                    Optional.empty()));
        }
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
