package io.flowmaestro.connections.registry.credential;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class GrantTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static String made() {
        UUID id = UUID.randomUUID();
        broker(ALICE)
                .body("""
                        {"id": "%s", "name": "octocat", "connection_method": "oauth2", "provider": "github",
                         "envelope": %s, "metadata": {"account": {"id": "1", "email": "old@example.com"},
                                                      "scopes": ["repo"], "mine": true}}""".formatted(id, ENVELOPE))
                .post("/internal/connections")
                .then()
                .statusCode(201);
        return id.toString();
    }

    private static String body(UUID attempt, long generation) {
        return """
                {"attempt_id": "%s", "expected_credential_generation": %d, "envelope": {"ciphertext": "%s"},
                 "expires_at": "2031-01-01T00:00:00Z", "refreshable": true,
                 "metadata": {"account": {"id": "2"}, "scopes": ["repo", "gist"]}}""".formatted(attempt, generation, attempt);
    }

    private static ValidatableResponse grant(String id, UUID attempt, long generation) {
        return broker(ALICE)
                .body(body(attempt, generation))
                .put("/internal/connections/{id}/grant", id)
                .then();
    }

    @Test
    void forgetsWhoseTheOldGrantWasWhereTheNewOneDoesNotSay() {
        String id = made();
        String unsaid = body(UUID.randomUUID(), 1).replace("\"account\": {\"id\": \"2\"}, ", "");

        broker(ALICE)
                .body(unsaid)
                .put("/internal/connections/{id}/grant", id)
                .then()
                .statusCode(200)
                .body("data.metadata.account", nullValue())
                .body("data.metadata.mine", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "invalid", "expired", "revoked"})
    void putsANewCredentialInPlaceWhateverTheStatus(String status) throws SQLException {
        String id = made();
        update("update registry.connections set status = '" + status + "', status_reason = 'said so',"
                + " last_tested_at = now(), last_test = '{}', refresh_idle = true where id = '" + id + "'");
        UUID attempt = UUID.randomUUID();

        grant(id, attempt, 1)
                .statusCode(200)
                .body("data.id", equalTo(id))
                .body("data.status", equalTo("active"))
                .body("data.status_reason", nullValue())
                .body("data.provider", equalTo("github"))
                .body("data.expires_at", equalTo("2031-01-01T00:00:00Z"))
                .body("data.metadata.account.id", equalTo("2"))
                .body("data.metadata.account.email", nullValue())
                .body("data.metadata.scopes", equalTo(List.of("repo", "gist")))
                .body("data.metadata.mine", equalTo(true))
                .body("data.last_tested_at", nullValue())
                .body("data.version", equalTo(2));
        broker(ALICE)
                .get("/internal/connections/{id}/credential", id)
                .then()
                .body("data.credential_generation", equalTo(2))
                .body("data.envelope.ciphertext", equalTo(attempt.toString()));
        assertThat(sql("select refreshable and not refresh_idle from registry.connections where id = '" + id + "'"))
                .isEqualTo("t");
    }

    @Test
    void neverKeepsItsUserFromTheirOwnMetadata() {
        String id = made();
        String scopes = IntStream.range(0, 200)
                .mapToObj(i -> "\"https://scopes.example/%03d/%s\"".formatted(i, "x".repeat(100)))
                .collect(Collectors.joining(",", "[", "]"));
        broker(ALICE)
                .body(body(UUID.randomUUID(), 1)
                        .replace("[\"repo\", \"gist\"]", scopes)
                        .replace("2031-01", "+10000-01"))
                .put("/internal/connections/{id}/grant", id)
                .then()
                .statusCode(200)
                .body("data.expires_at", equalTo("9999-12-31T23:59:59Z"));

        as(ALICE)
                .body("{\"metadata\": {\"note\": \"x\"}}")
                .put("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.metadata.note", equalTo("x"))
                .body("data.metadata.scopes.size()", equalTo(200));
        as(ALICE)
                .body("{\"metadata\": {\"note\": \"y\", \"scopes\": %s}}".formatted(scopes))
                .put("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.metadata.note", equalTo("y"));
    }

    @Test
    void isRecordedAsAReconnectAndARecovery() throws SQLException {
        String id = made();
        update("update registry.connections set status = 'revoked' where id = '" + id + "'");
        grant(id, UUID.randomUUID(), 1).statusCode(200);

        as(ALICE)
                .get("/api/connections/{id}/events", id)
                .then()
                .body("data.type", equalTo(List.of("recovered", "updated", "created")))
                .body("data[1].details.reconnected", equalTo(true))
                .body("data[1].via", equalTo("oauth-broker"))
                .body("data[0].details.from", equalTo("revoked"));
    }

    @Test
    void mayBeRepeated() {
        String id = made();
        UUID attempt = UUID.randomUUID();
        grant(id, attempt, 1).statusCode(200);

        grant(id, attempt, 1).statusCode(200).body("data.version", equalTo(2));
        as(ALICE)
                .get("/api/connections/{id}/events", id)
                .then()
                .body("data.type", equalTo(List.of("updated", "created")));
    }

    @Test
    void losesAgainstANewerCredential() {
        String id = made();
        UUID winner = UUID.randomUUID();
        grant(id, winner, 1).statusCode(200);

        grant(id, UUID.randomUUID(), 1)
                .statusCode(409)
                .body("code", equalTo("credential-generation-moved"))
                .body("credential_generation", equalTo(2))
                .body("credential_attempt_id", equalTo(winner.toString()));
    }

    @Test
    void isForOAuthConnectionsOnly() {
        String id = stored(ALICE, "openai");

        grant(id, UUID.randomUUID(), 1).statusCode(409).body("code", equalTo("connection-not-oauth2"));
    }

    @Test
    void hidesDeletedForeignAndMissingConnections() {
        String foreign = made();
        String deleted = made();
        as(ALICE).delete("/api/connections/{id}", deleted).then().statusCode(200);

        grant(deleted, UUID.randomUUID(), 1).statusCode(404).body("code", equalTo("connection-not-found"));
        broker(BOB)
                .body(body(UUID.randomUUID(), 1))
                .put("/internal/connections/{id}/grant", foreign)
                .then()
                .statusCode(404)
                .body("code", equalTo("connection-not-found"));
        broker(ALICE)
                .get("/internal/connections/{id}/credential", foreign)
                .then()
                .body("data.credential_generation", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "attempt_id": "             | "attempt": "          | attempt_id
            "expected_credential_gen    | "x                    | expected_credential_generation
            "ciphertext"                | "nothing"             | envelope
            {"account": {"id": "2"}, "scopes": ["repo", "gist"]} | [] | metadata
            """)
    void refusesWhatCannotBeStored(String from, String to, String field) {
        broker(ALICE)
                .body(body(UUID.randomUUID(), 1).replace(from, to))
                .put("/internal/connections/{id}/grant", made())
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @Test
    void isForTheBrokerAlone() {
        String id = made();
        for (String peer : new String[] {"mcp-gateway", "credential-vault", "connection-registry"}) {
            service(peer, ALICE)
                    .body(body(UUID.randomUUID(), 1))
                    .put("/internal/connections/{id}/grant", id)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("peer-not-allowed"));
        }
        for (String token : new String[] {Tokens.user(ALICE), Tokens.admin()}) {
            given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(body(UUID.randomUUID(), 1))
                    .put("/internal/connections/{id}/grant", id)
                    .then()
                    .statusCode(403);
        }
    }
}
