package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.base64;
import static io.flowmaestro.connections.vault.transit.Calls.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.legacy.LegacyEnvelopes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportResourceTest extends VaultTest {

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Test
    void sealsBothOlderFormsAsOursWithoutShowingThePlaintext() {
        for (Object legacy : List.of(LegacyEnvelopes.json("old secret"), LegacyEnvelopes.compact("old secret"))) {
            Map<String, Object> envelope = imported(legacy)
                    .statusCode(200)
                    .body("data.size()", equalTo(1))
                    .extract()
                    .path("data.envelope");
            Calls.decrypt(alice, connection, envelope)
                    .then()
                    .statusCode(200)
                    .body("data.plaintext", equalTo(base64("old secret")));
        }
    }

    @Test
    void refusesWhatDoesNotOpenWithTheLegacyKey() {
        imported("AAAA")
                .statusCode(422)
                .body("code", equalTo("decryption-failed"))
                .body("detail", containsString("no known form"))
                .body("detail", not(containsString("AAAA")));
    }

    @Test
    void takesABatchWithOutcomesOfItsOwnForEach() {
        as("connection-registry", alice)
                .body(Map.of(
                        "items",
                        List.of(
                                item(connection, "legacy_envelope", LegacyEnvelopes.compact("one")),
                                item(connection, "legacy_envelope", 17),
                                item(connection, "legacy_envelope", LegacyEnvelopes.json("three")))))
                .post("/internal/import/batch")
                .then()
                .statusCode(200)
                .body("data.results[0].envelope.format", equalTo(1))
                .body("data.results[1].error.code", equalTo("decryption-failed"))
                .body("data.results[2].envelope.format", equalTo(1));
    }

    @Test
    void namesTheFieldThatIsMissing() {
        as("connection-registry", alice)
                .body(Map.of("connection_id", connection, "purpose", Calls.PURPOSE))
                .post("/internal/import")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("legacy_envelope"));
    }

    @Test
    void tellsWhichFormsItHasKeysForWithoutARecordAKeyOrACount() throws SQLException {
        var counted = imports();

        as("connection-registry", alice)
                .get("/internal/import/forms")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("data.forms.form", contains("json", "compact"))
                .body("data.forms.error", everyItem(nullValue()));

        assertThat(rows("vault.audit_records where user_id = '" + alice + "'")).isZero();
        assertThat(rows("vault.key_owners where user_id = '" + alice + "'")).isZero();
        assertThat(imports()).isEqualTo(counted);
    }

    private static List<String> imports() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("vault_operations_total{operation=\"import\""))
                .toList();
    }

    private static long rows(String where) throws SQLException {
        try (var connection = PostgresResource.superuser();
                var sql = connection.createStatement();
                var rows = sql.executeQuery("select count(*) from " + where)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private ValidatableResponse imported(Object legacy) {
        return as("connection-registry", alice)
                .body(item(connection, "legacy_envelope", legacy))
                .post("/internal/import")
                .then();
    }
}
