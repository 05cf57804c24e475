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
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class CredentialResourceTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static String connection(UUID id) {
        return """
                {"id": "%s", "name": "octocat", "connection_method": "oauth2", "provider": "github",
                 "envelope": %s, "expires_at": "2030-01-01T00:00:00Z", "metadata": {"account": {"name": "octocat"}}}""".formatted(id, ENVELOPE);
    }

    private static String publication(UUID attempt, long generation) {
        return """
                {"attempt_id": "%s", "expected_credential_generation": %d, "expires_at": "2031-01-01T00:00:00Z",
                 "envelope": {"format": 1, "ciphertext": "%s"}}""".formatted(attempt, generation, attempt);
    }

    private static String made() {
        UUID id = UUID.randomUUID();
        broker(ALICE).body(connection(id)).post("/internal/connections").then().statusCode(201);
        return id.toString();
    }

    private static ValidatableResponse publish(String id, UUID attempt, long generation) {
        return broker(ALICE)
                .body(publication(attempt, generation))
                .put("/internal/connections/{id}/credential", id)
                .then();
    }

    private static ValidatableResponse mark(String id, String status, long generation) {
        return broker(ALICE)
                .body("""
                        {"status": "%s", "status_reason": "said so", "expected_credential_generation": %d}""".formatted(status, generation))
                .put("/internal/connections/{id}/status", id)
                .then();
    }

    @Nested
    class Create {
        /** The broker repeats its request until it is answered, and may not have heard that it was done. */
        @Test
        void doesNotBringBackWhatWasPurged() throws SQLException {
            UUID id = UUID.randomUUID();
            broker(ALICE)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(201);
            update("delete from registry.connections where id = '" + id + "'");

            broker(ALICE)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(409);
        }

        @Test
        void isTheUsersConnectionFromThenOn() {
            String id = made();

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.connection_method", equalTo("oauth2"))
                    .body("data.expires_at", equalTo("2030-01-01T00:00:00Z"))
                    .body("data.metadata.account.name", equalTo("octocat"));
        }

        @Test
        void endsInAYearOfFourDigits() {
            broker(ALICE)
                    .body(connection(UUID.randomUUID()).replace("2030-01", "+10000-01"))
                    .post("/internal/connections")
                    .then()
                    .statusCode(201)
                    .body("data.expires_at", equalTo("9999-12-31T23:59:59Z"));
        }

        @Test
        void mayBeRepeated() throws SQLException {
            UUID id = UUID.randomUUID();
            String first = broker(ALICE)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(201)
                    .extract()
                    .asString();

            broker(ALICE)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(200)
                    .body(equalTo(first));
            assertThat(sql("select count(*) from registry.connections where id = '" + id + "'"))
                    .isEqualTo("1");
        }

        @Test
        void neverTakesAnIdThatIsAnotherUsers() {
            UUID id = UUID.randomUUID();
            broker(ALICE)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(201);

            broker(BOB)
                    .body(connection(id))
                    .post("/internal/connections")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-id-taken"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "connection_method": "oauth2" | "connection_method": "api_key" | connection_method
                "name": "octocat", "conn      | "name": "", "conn              | name
                "provider": "github"          | "provider": "Git Hub"          | provider
                "metadata": {"account"        | "metadata": {"a\\u0000"        | metadata
                "ciphertext"                  | "nothing"                      | envelope
                """)
        void refusesWhatCannotBeStored(String from, String to, String field) {
            String body = connection(UUID.randomUUID()).replace(from, to);

            broker(ALICE)
                    .body(body)
                    .post("/internal/connections")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem(field));
        }
    }

    @Nested
    class Get {
        @Test
        void givesTheEnvelopeAsItWasStored() {
            String id = stored(ALICE, "openai");

            broker(ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", equalTo("no-store"))
                    .body("data.id", equalTo(id))
                    .body("data.connection_method", equalTo("api_key"))
                    .body("data.credential_generation", equalTo(1))
                    .body("data.envelope.ciphertext", equalTo("c2VhbGVk"))
                    .body("data", hasKey("mcp_server_url"))
                    .body("data.status", equalTo("active"));
        }
    }

    @Nested
    class GetOfADeletedConnection {

        private ValidatableResponse missing(UUID user, String id) {
            return broker(user)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
        }

        private String deleted() {
            String id = made();
            as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);
            return id;
        }

        @Test
        void saysThatItMayComeBackToItsOwnerAlone() {
            String id = deleted();

            missing(ALICE, id).body("restorable", equalTo(true));
            missing(BOB, id).body("$", not(hasKey("restorable")));
            missing(ALICE, UUID.randomUUID().toString()).body("$", not(hasKey("restorable")));
        }

        /** A restore brings it back as revoked then. */
        @ParameterizedTest
        @ValueSource(strings = {"revocation_attempts = 1", "status = 'revoked'", "purged_at = now()"})
        void saysNothingOnceItsTokensDoNotComeBackWithIt(String change) throws SQLException {
            String id = deleted();
            update("update registry.connections set " + change + " where id = '" + id + "'");

            missing(ALICE, id).body("$", not(hasKey("restorable")));
        }
    }

    @Nested
    class Publish {
        @Test
        void replacesTheCredentialAndMovesTheGenerationOnly() {
            String id = made();
            UUID attempt = UUID.randomUUID();

            publish(id, attempt, 1).statusCode(200).body("data.credential_generation", equalTo(2));

            service("mcp-gateway", ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .body("data.envelope.ciphertext", equalTo(attempt.toString()))
                    .body("data.expires_at", equalTo("2031-01-01T00:00:00Z"))
                    .body("data.version", equalTo(1));
        }

        @Test
        void bringsWhatIsGrantedByNow() {
            String id = made();
            as(ALICE)
                    .body("{\"metadata\": {\"team\": \"sales\", \"scopes\": [\"read\", \"write\"]}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);

            broker(ALICE)
                    .body(publication(UUID.randomUUID(), 1)
                            .replaceFirst("\\{", "{\"metadata\": {\"scopes\": [\"read\"]}, "))
                    .put("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(200);

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.metadata.scopes", equalTo(List.of("read")))
                    .body("data.metadata.team", equalTo("sales"));
        }

        @Test
        void refusesWhatIsNoMetadata() {
            broker(ALICE)
                    .body(publication(UUID.randomUUID(), 1).replaceFirst("\\{", "{\"metadata\": [], "))
                    .put("/internal/connections/{id}/credential", made())
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("metadata"));
        }

        @Test
        void keepsATokenWhoseEndIsNoMomentThatCanBeTold() {
            String id = made();
            broker(ALICE)
                    .body(publication(UUID.randomUUID(), 1).replace("2031-01", "+55000-01"))
                    .put("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(200)
                    .body("data.credential_generation", equalTo(2));

            as(ALICE).get("/api/connections/{id}", id).then().body("data.expires_at", equalTo("9999-12-31T23:59:59Z"));
        }

        @Test
        void maybeRepeatedWithTheSameAttempt() {
            String id = made();
            UUID attempt = UUID.randomUUID();
            publish(id, attempt, 1).statusCode(200);

            publish(id, attempt, 1).statusCode(200).body("data.credential_generation", equalTo(2));
            publish(id, attempt, 2).statusCode(200).body("data.credential_generation", equalTo(2));
        }

        @Test
        void isRefusedOnceTheGenerationHasMoved() {
            String id = made();
            publish(id, UUID.randomUUID(), 1).statusCode(200);

            publish(id, UUID.randomUUID(), 1).statusCode(409).body("code", equalTo("credential-generation-moved"));
        }

        @Test
        void saysWhatIsInPlaceAndWhoPutItThere() {
            String id = made();
            UUID winner = UUID.randomUUID();
            publish(id, winner, 1).statusCode(200);

            publish(id, UUID.randomUUID(), 1)
                    .statusCode(409)
                    .body("credential_generation", equalTo(2))
                    .body("credential_attempt_id", equalTo(winner.toString()));
        }

        @Test
        void isRefusedForWhatWasRevoked() throws SQLException {
            String id = made();
            update("update registry.connections set status = 'revoked' where id = '" + id + "'");

            publish(id, UUID.randomUUID(), 1).statusCode(409).body("code", equalTo("credential-generation-moved"));
        }

        /** A refresh may have been under way, and the former tokens may be spent. */
        @Test
        void reachesADeletedConnectionForAsLongAsThatCanBeTakenBack() throws SQLException {
            String id = made();
            update(
                    "update registry.connections set deleted_at = now(), revocation_due_at = now() + interval '9 minutes'"
                            + " where id = '" + id + "'");
            publish(id, UUID.randomUUID(), 1).statusCode(200).body("data.credential_generation", equalTo(2));

            update("update registry.connections set revocation_attempts = 1 where id = '" + id + "'");
            publish(id, UUID.randomUUID(), 2).statusCode(404);
        }

        @Test
        void knowsItsAttemptAgainAfterUsesAndTests() throws SQLException {
            String id = made();
            UUID attempt = UUID.randomUUID();
            publish(id, attempt, 1).statusCode(200);
            update("update registry.connections set last_used_at = now(), last_tested_at = now(), name = 'Other',"
                    + " version = version + 1 where id = '" + id + "'");

            publish(id, attempt, 1).statusCode(200).body("data.credential_generation", equalTo(2));
        }

        @Test
        void letsExactlyOneOfManyRacersWin() throws SQLException {
            String id = made();

            var statuses = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> publish(id, UUID.randomUUID(), 1).extract().statusCode()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
            assertThat(sql("select credential_generation from registry.connections where id = '" + id + "'"))
                    .isEqualTo("2");
        }

        @Test
        void losesAgainstDataThatTheUserReplaced() {
            String id = stored(ALICE, "openai");
            as(ALICE).body("{\"data\": {\"api_key\": \"new\"}}").put("/api/connections/{id}", id);

            publish(id, UUID.randomUUID(), 1)
                    .statusCode(409)
                    .body("credential_generation", equalTo(2))
                    .body("$", hasKey("credential_attempt_id"))
                    .body("credential_attempt_id", nullValue());
        }

        @ParameterizedTest
        @ValueSource(strings = {"expired", "invalid"})
        void bringsAnUnusableConnectionBack(String status) {
            String id = made();
            mark(id, status, 1).statusCode(200).body("data.status", equalTo(status));

            publish(id, UUID.randomUUID(), 1).statusCode(200);
            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.status", equalTo("active"))
                    .body("data.status_reason", nullValue());
        }
    }

    @Nested
    class Status {
        @Test
        void isKeptWithItsReason() {
            String id = made();

            mark(id, "expired", 1).statusCode(200).body("data.status_reason", equalTo("said so"));
            mark(id, "expired", 1).statusCode(200);
        }

        @Test
        void isAboutOneGeneration() {
            String id = made();
            publish(id, UUID.randomUUID(), 1);

            mark(id, "expired", 1)
                    .statusCode(409)
                    .body("code", equalTo("credential-generation-moved"))
                    .body("credential_generation", equalTo(2));
        }

        @Test
        void revokedEndsByAReconnectOnly() {
            String id = made();
            mark(id, "revoked", 1).statusCode(200);

            mark(id, "active", 1).statusCode(409).body("code", equalTo("status-change-not-allowed"));
            publish(id, UUID.randomUUID(), 1).statusCode(409);
            as(ALICE).get("/api/connections/{id}", id).then().body("data.status", equalTo("revoked"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"status\": \"fine\"}", "{\"status\": \"active\"}", "null"})
        void refusesIncompleteChanges(String body) {
            broker(ALICE)
                    .body(body)
                    .put("/internal/connections/{id}/status", made())
                    .then()
                    .statusCode(400);
        }
    }

    @Nested
    class Peers {
        @Test
        void onlyTheBrokerWrites() {
            String id = made();
            for (String peer : new String[] {"mcp-gateway", "credential-vault", "connection-registry", "someone"}) {
                var refused = new ValidatableResponse[] {
                    service(peer, ALICE)
                            .body(connection(UUID.randomUUID()))
                            .post("/internal/connections")
                            .then(),
                    service(peer, ALICE)
                            .body(publication(UUID.randomUUID(), 1))
                            .put("/internal/connections/{id}/credential", id)
                            .then(),
                    service(peer, ALICE)
                            .body("{\"status\": \"revoked\", \"expected_credential_generation\": 1}")
                            .put("/internal/connections/{id}/status", id)
                            .then()
                };
                for (var answer : refused) {
                    answer.statusCode(403).body("code", equalTo("peer-not-allowed"));
                }
            }
        }

        @Test
        void onlyBrokerAndGatewayReadEnvelopes() {
            service("credential-vault", ALICE)
                    .get("/internal/connections/{id}/credential", made())
                    .then()
                    .statusCode(403)
                    .body("$", not(hasKey("data")));
        }
    }
}
