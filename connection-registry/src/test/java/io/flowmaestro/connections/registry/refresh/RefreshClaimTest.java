package io.flowmaestro.connections.registry.refresh;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RefreshClaimTest {

    @BeforeEach
    void nothingElseIsDue() throws SQLException {
        Registry.peersThatWork();
        update("delete from registry.connections");
    }

    /** A connection whose token ends in so many seconds, changed as said. */
    private static String due(UUID user, int seconds, String change) throws SQLException {
        UUID id = UUID.randomUUID();
        update("""
                insert into registry.connections
                  (id, user_id, name, connection_method, provider, data, expires_at, refreshable)
                values ('%s', '%s', 'octocat', 'oauth2', 'github', '%s', now() + %d * interval '1 second', true)""".formatted(id, user, ENVELOPE, seconds));
        if (!change.isEmpty()) {
            update("update registry.connections set " + change + " where id = '" + id + "'");
        }
        return id.toString();
    }

    private static String due(int seconds) throws SQLException {
        return due(ALICE, seconds, "");
    }

    private static RequestSpecification brokerForNobody() {
        return given().auth().oauth2(Tokens.service("oauth-broker")).contentType(ContentType.JSON);
    }

    private static ValidatableResponse claim(int limit) {
        return brokerForNobody()
                .body("{\"limit\": %d, \"horizon_seconds\": 300, \"claim_seconds\": 60}".formatted(limit))
                .post("/internal/refreshes/claim")
                .then()
                .statusCode(200);
    }

    @Nested
    class Takes {

        @Test
        void whatEndsWithinTheHorizonOfAllUsersTheEarliestFirst() throws SQLException {
            String later = due(ALICE, 200, "");
            String sooner = due(BOB, 100, "");
            String ended = due(ALICE, -50, "");
            due(400);

            claim(10)
                    .body("data.connections.id", contains(ended, sooner, later))
                    .body("data.connections.user_id", contains(ALICE.toString(), BOB.toString(), ALICE.toString()))
                    .body("data.connections.provider", contains("github", "github", "github"))
                    .body("data.connections[0].expires_at", notNullValue())
                    .body("data.due", equalTo(false));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "status = 'revoked'",
                    "status = 'expired'",
                    "status = 'invalid'",
                    "deleted_at = now()",
                    "connection_method = 'api_key'",
                    "refreshable = false",
                    "refreshable = null",
                    "expires_at = null",
                    "created_at = now() - interval '31 days'",
                    "created_at = now() - interval '60 days', last_used_at = now() - interval '31 days'",
                    "refresh_claimed_until = now() + interval '1 second'"
                })
        void nothingThatNeedsNoRefresh(String change) throws SQLException {
            due(ALICE, 100, change);

            claim(10).body("data.connections", empty());
        }

        @Test
        void whatIsOldButInUse() throws SQLException {
            String id = due(ALICE, 100, "created_at = now() - interval '9 months', last_used_at = now()");

            claim(10).body("data.connections.id", contains(id));
        }

        @Test
        void noMoreThanIsAskedForAndSaysThatThereIsMore() throws SQLException {
            String first = due(100);
            String second = due(110);
            String third = due(120);

            claim(2).body("data.connections.id", contains(first, second)).body("data.due", equalTo(true));
            claim(2).body("data.connections.id", contains(third)).body("data.due", equalTo(false));
        }

        @Test
        void eachOnceAmongReplicasThatAskAtTheSameTime() throws SQLException {
            var all = IntStream.range(0, 60)
                    .mapToObj(i -> {
                        try {
                            return due(60 + i);
                        } catch (SQLException failure) {
                            throw new IllegalStateException(failure);
                        }
                    })
                    .toList();

            List<String> taken = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> claim(10).extract().<List<String>>path("data.connections.id")))
                    .toList()
                    .stream()
                    .flatMap(answer -> answer.join().stream())
                    .toList();
            List<String> left = claim(100).extract().path("data.connections.id");

            assertThat(Stream.concat(taken.stream(), left.stream())).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Nested
    class Ends {

        @Test
        void withThePublicationOfANewerCredential() throws SQLException {
            String id = due(100);
            claim(10).body("data.connections.id", contains(id));

            broker(ALICE)
                    .body("""
                            {"attempt_id": "%s", "expected_credential_generation": 1, "envelope": %s, "expires_at": "%s"}""".formatted(
                            UUID.randomUUID(), ENVELOPE, java.time.Instant.now().plusSeconds(120)))
                    .put("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(200);

            claim(10).body("data.connections.id", contains(id));
        }

        @Test
        void whenItsTimeIsOver() throws SQLException {
            String id = due(100);
            claim(10).body("data.connections.id", contains(id));
            claim(10).body("data.connections", empty());

            update("update registry.connections set refresh_claimed_until = now() - interval '1 second'");

            claim(10).body("data.connections.id", contains(id));
        }
    }

    @Test
    void whatIsOutOfUseIsPassedOverOnceAndComesBackWithItsNextUse() throws SQLException {
        String id = due(ALICE, 100, "created_at = now() - interval '31 days'");
        claim(1).body("data.connections", empty()).body("data.due", equalTo(true));
        claim(1).body("data.connections", empty()).body("data.due", equalTo(false));

        broker(ALICE)
                .body("""
                        {"events": [{"id": "%s", "connection_id": "%s", "type": "used", "occurred_at": "%s",
                                     "actor": "w", "via": "w"}]}""".formatted(UUID.randomUUID(), id, java.time.Instant.now()))
                .post("/internal/usage")
                .then()
                .statusCode(200);
        update("update registry.connections set refresh_claimed_until = null");

        claim(1).body("data.connections.id", contains(id));
    }

    @Nested
    class Refuses {

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
        void everybodyButTheBroker(String name, String token, int status) throws SQLException {
            due(100);
            RequestSpecification caller = given().contentType(ContentType.JSON)
                    .body("{\"limit\": 1, \"horizon_seconds\": 300, \"claim_seconds\": 60}");

            (token.isEmpty() ? caller : caller.auth().oauth2(token))
                    .post("/internal/refreshes/claim")
                    .then()
                    .statusCode(status);

            claim(1).body("data.connections", hasSize(1));
        }

        @Test
        void aWorkerWhomeverItActsFor() {
            given().auth()
                    .oauth2(Tokens.worker())
                    .header("X-On-Behalf-Of", ALICE.toString())
                    .contentType(ContentType.JSON)
                    .body("{\"limit\": 1, \"horizon_seconds\": 300, \"claim_seconds\": 60}")
                    .post("/internal/refreshes/claim")
                    .then()
                    .statusCode(403);
        }

        @ParameterizedTest
        @CsvSource({"limit, 0", "limit, 501", "horizon_seconds, 0", "horizon_seconds, 3601", "claim_seconds, 601"})
        void whatIsOutOfBounds(String field, int value) {
            String body = "{\"limit\": 1, \"horizon_seconds\": 1, \"claim_seconds\": 1}"
                    .replace("\"" + field + "\": 1", "\"" + field + "\": " + value);

            brokerForNobody()
                    .body(body)
                    .post("/internal/refreshes/claim")
                    .then()
                    .statusCode(400)
                    .body("violations.field", contains(field));
        }

        @Test
        void aBodyWithoutAnything() {
            brokerForNobody().post("/internal/refreshes/claim").then().statusCode(400);
            brokerForNobody()
                    .body("{}")
                    .post("/internal/refreshes/claim")
                    .then()
                    .statusCode(400)
                    .body("violations", hasSize(3));
        }
    }

    @Nested
    class Database {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "update registry.connections set refresh_claimed_until = now() returning data",
                    "update registry.connections set expires_at = now()",
                    "update registry.connections set status = 'active'",
                    "update registry.connections set credential_generation = 7"
                })
        void theRoleThatClaimsSeesNoCredentialAndChangesNone(String statement) throws SQLException {
            due(100);
            try (var connection = PostgresResource.as("registry_jobs");
                    var jobs = connection.createStatement()) {
                assertThatThrownBy(() -> jobs.execute(statement)).hasMessageContaining("permission denied");
            }
        }

        /** Claims come several times a second, on a million rows: they walk the index, and write none. */
        @Test
        void claimsFollowTheIndexInsteadOfSorting() throws SQLException {
            update("""
                    insert into registry.connections
                      (id, user_id, name, connection_method, provider, data, expires_at, refreshable)
                    select gen_random_uuid(), gen_random_uuid(), 'c' || n, case n % 2 when 0 then 'oauth2' else 'api_key' end,
                           'github', '{"ciphertext": ""}', now() + n * interval '1 second', true
                      from generate_series(1, 20000) n""");
            update("analyze registry.connections");

            String plan = sql("explain (format json) "
                    + DueRefreshes.CLAIM
                            .replace("$1", "500")
                            .replace("$2", "300000")
                            .replace("$3", "60000"));

            assertThat(plan)
                    .contains("connections_due_for_refresh")
                    .doesNotContain("Sort")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void aListOfConnectionsSaysNothingOfClaims() throws SQLException {
        String id = due(100);
        claim(10);

        as(ALICE)
                .get("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.keySet()", not(hasItem("refresh_claimed_until")));
    }
}
