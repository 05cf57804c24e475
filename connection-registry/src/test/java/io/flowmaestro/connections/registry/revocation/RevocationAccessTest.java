package io.flowmaestro.connections.registry.revocation;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.flowmaestro.connections.registry.revocation.Revocations.connected;
import static io.flowmaestro.connections.registry.revocation.Revocations.deleted;
import static io.flowmaestro.connections.registry.revocation.Revocations.due;
import static io.flowmaestro.connections.registry.revocation.Revocations.end;
import static io.flowmaestro.connections.registry.revocation.Revocations.row;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RevocationAccessTest {

    @BeforeEach
    void nothingElseIsQueued() throws SQLException {
        Registry.peersThatWork();
        update("delete from registry.connections");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("nobody", "", 401),
                Arguments.of("a user", Tokens.user(ALICE), 403),
                Arguments.of("an admin", Tokens.admin(), 403),
                Arguments.of("the gateway", Tokens.service("mcp-gateway"), 403),
                Arguments.of("the vault", Tokens.service("credential-vault"), 403),
                Arguments.of("the registry", Tokens.service("connection-registry"), 403));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void claimsAreTheBrokersAlone(String name, String token, int status) throws SQLException {
        String id = deleted(ALICE);
        due(id);

        caller(token)
                .body("{\"limit\": 1, \"claim_seconds\": 60}")
                .post("/internal/revocations/claim")
                .then()
                .statusCode(status);

        assertThat(row(id, "revocation_attempts")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-gateway", "credential-vault", "connection-registry"})
    void outcomesAreTheBrokersAlone(String peer) {
        Registry.service(peer, ALICE)
                .body("{\"outcome\": \"revoked\"}")
                .put("/internal/connections/{id}/revocation", connected(ALICE))
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-gateway", "credential-vault", "connection-registry"})
    void lastLooksAreTheBrokersAlone(String peer) {
        Registry.service(peer, ALICE)
                .body("{\"credential_generation\": 1, \"claim_seconds\": 60}")
                .put("/internal/connections/{id}/revocation/claim", connected(ALICE))
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"claim_seconds": 60}                                | credential_generation
            {"credential_generation": 1}                         | claim_seconds
            {"credential_generation": 1, "claim_seconds": 601}   | claim_seconds
            """)
    void lastLooksOutOfBoundsAreRefused(String body, String field) {
        Registry.broker(ALICE)
                .body(body)
                .put("/internal/connections/{id}/revocation/claim", connected(ALICE))
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @Test
    void anOutcomeNamesItsUser() {
        caller(Tokens.service("oauth-broker"))
                .body("{\"outcome\": \"revoked\"}")
                .put("/internal/connections/{id}/revocation", connected(ALICE))
                .then()
                .statusCode(400);
    }

    private static RequestSpecification caller(String token) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        return token.isEmpty() ? request : request.auth().oauth2(token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                               | outcome
            {"outcome": "gone"}                              | outcome
            {"outcome": "retry", "retry_after_seconds": 0}   | retry_after_seconds
            {"outcome": "retry", "retry_after_seconds": 86401} | retry_after_seconds
            """)
    void outcomesOutOfBoundsAreRefused(String body, String field) {
        end(ALICE, connected(ALICE), body).statusCode(400).body("violations.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 101", "claim_seconds, 0", "claim_seconds, 601"})
    void claimsOutOfBoundsAreRefused(String field, int value) {
        caller(Tokens.service("oauth-broker"))
                .body("{\"limit\": 1, \"claim_seconds\": 1}"
                        .replace("\"" + field + "\": 1", "\"" + field + "\": " + value))
                .post("/internal/revocations/claim")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update registry.connections set revocation_claimed_until = now() returning data",
                "update registry.connections set revocation_due_at = null",
                "update registry.connections set purged_at = now()",
                "select * from registry.revocation_get(gen_random_uuid(), gen_random_uuid())"
            })
    void theRoleThatClaimsSeesNoCredentialAndEndsNothing(String statement) throws SQLException {
        deleted(ALICE);
        try (var connection = PostgresResource.as("registry_jobs");
                var jobs = connection.createStatement()) {
            assertThatThrownBy(() -> jobs.execute(statement)).hasMessageContaining("permission denied");
        }
    }

    @Test
    void claimsFollowTheIndexInsteadOfSorting() throws SQLException {
        update("""
                insert into registry.connections
                  (id, user_id, name, connection_method, provider, data, deleted_at, revocation_due_at)
                select gen_random_uuid(), gen_random_uuid(), 'c' || n, 'oauth2', 'github', '{"ciphertext": ""}',
                       case when n % 2 = 0 then now() end, case when n % 10 = 0 then now() + n * interval '1 second' end
                  from generate_series(1, 20000) n""");
        update("analyze registry.connections");

        String plan = sql("explain (format json) "
                + DueRevocations.CLAIM.replace("$1", "100").replace("$2", "60000"));

        assertThat(plan)
                .contains("connections_due_for_revocation")
                .containsPattern("connections_by_(user|provider)")
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan");
    }
}
