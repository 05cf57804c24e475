package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@RegistryTest
class IsolationTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** Everything that names a connection, as its owner's rightful caller would send it. */
    static Stream<Arguments> operations() {
        String attempt = "{\"attempt_id\": \"" + UUID.randomUUID()
                + "\", \"expected_credential_generation\": 1, \"envelope\": " + Registry.ENVELOPE + "}";
        String status = "{\"status\": \"expired\", \"expected_credential_generation\": 1}";
        return Stream.of(
                operation("get", false, (as, id) -> as.get("/api/connections/{id}", id)),
                operation(
                        "update",
                        false,
                        (as, id) -> as.body("{\"name\": \"mine\"}").put("/api/connections/{id}", id)),
                operation(
                        "update data",
                        false,
                        (as, id) -> as.body("{\"data\": {}}").put("/api/connections/{id}", id)),
                operation("delete", false, (as, id) -> as.delete("/api/connections/{id}", id)),
                operation("refresh", false, (as, id) -> as.post("/api/connections/{id}/refresh-tools", id)),
                operation("credential", true, (as, id) -> as.get("/internal/connections/{id}/credential", id)),
                operation(
                        "publish", true, (as, id) -> as.body(attempt).put("/internal/connections/{id}/credential", id)),
                operation("grant", true, (as, id) -> as.body(attempt).put("/internal/connections/{id}/grant", id)),
                operation("status", true, (as, id) -> as.body(status).put("/internal/connections/{id}/status", id)));
    }

    private static Arguments operation(
            String name, boolean internal, BiFunction<RequestSpecification, String, Response> call) {
        return Arguments.of(name, internal, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void foreignDeletedMissingAndMalformedIdsGetTheSameAnswer(
            String name, boolean internal, BiFunction<RequestSpecification, String, Response> call) {
        String deleted = stored(BOB, "openai");
        as(BOB).delete("/api/connections/{id}", deleted).then().statusCode(200);

        String foreign = answer(internal, call, stored(ALICE, "openai"));

        assertThat(answer(internal, call, UUID.randomUUID().toString())).isEqualTo(foreign);
        assertThat(answer(internal, call, deleted)).isEqualTo(foreign);
        assertThat(answer(internal, call, "not-an-id")).isEqualTo(foreign);
    }

    private static String answer(boolean internal, BiFunction<RequestSpecification, String, Response> call, String id) {
        Response response = call.apply(internal ? broker(BOB) : as(BOB), id);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.<String>path("code")).isEqualTo("connection-not-found");
        return response.asString().replaceAll("\"instance\":\"[^\"]*\"", "").replaceAll("\"trace_id\":\"[^\"]*\"", "");
    }

    @Test
    void listsShowOnesOwnConnectionsOnly() {
        String hers = stored(ALICE, "openai");

        as(BOB).get("/api/connections").then().statusCode(200).body("data.id", not(hasItem(hers)));
        as(ALICE).queryParam("limit", 100).get("/api/connections").then().body("data.id", hasItem(hers));
    }

    @Nested
    class Roles {
        static Stream<Arguments> others() {
            return Stream.of(
                    Arguments.of("admin", Tokens.admin(), false, 403),
                    Arguments.of("admin for a user", Tokens.admin(), true, 403),
                    Arguments.of("worker", Tokens.worker(), true, 403),
                    Arguments.of("worker for nobody", Tokens.worker(), false, 403),
                    Arguments.of("service", Tokens.service("oauth-broker"), true, 403),
                    Arguments.of("user for another", Tokens.user(BOB), true, 403),
                    Arguments.of("expired", Tokens.expired(ALICE), false, 401),
                    Arguments.of("other audience", Tokens.otherAudience(ALICE), false, 401));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("others")
        void onlyUsersWorkWithConnections(String name, String token, boolean onBehalf, int status) {
            RequestSpecification caller = given().auth().oauth2(token);
            (onBehalf ? caller.header("X-On-Behalf-Of", ALICE.toString()) : caller)
                    .get("/api/connections")
                    .then()
                    .statusCode(status)
                    .contentType("application/problem+json");
        }

        @Test
        void nobodyGetsInWithoutAToken() {
            given().get("/api/connections").then().statusCode(401).contentType("application/problem+json");
        }

        @Test
        void usersDoNotReachTheInternalApi() {
            as(ALICE)
                    .get("/internal/connections/{id}/credential", stored(ALICE, "openai"))
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class Database {
        private long rowsSeenBy(String role, String setting, String query) throws SQLException {
            try (Connection connection = PostgresResource.as(role);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("select set_config('app.user_id', '" + setting + "', true)");
                try (var rows = statement.executeQuery(query)) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        }

        @Test
        void appRoleSeesNoRowsWithoutAUserAndOnlyTheUsersWithOne() throws SQLException {
            stored(ALICE, "openai");
            String all = "select count(*) from registry.connections";
            String foreign = all + " where user_id <> '" + ALICE + "'";
            stored(BOB, "openai");

            assertThat(rowsSeenBy("registry_app", "", all)).isZero();
            assertThat(rowsSeenBy("registry_app", ALICE.toString(), all)).isPositive();
            assertThat(rowsSeenBy("registry_app", ALICE.toString(), foreign)).isZero();
            assertThat(rowsSeenBy("registry_app", "", "select count(*) from registry.connection_summary"))
                    .isZero();
        }

        @Test
        void appRoleCannotWriteForAnotherUser() {
            String insert = "insert into registry.connections (id, user_id, name, connection_method, provider, data) "
                    + "values (gen_random_uuid(), '" + BOB + "', 'n', 'api_key', 'x', '{}') returning 1";

            assertThatThrownBy(() -> rowsSeenBy("registry_app", ALICE.toString(), insert))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }

        @Test
        void jobsRoleFindsDueRowsButNeverTheirData() throws SQLException {
            stored(ALICE, "openai");

            assertThat(rowsSeenBy("registry_jobs", "", "select count(id) from registry.connections"))
                    .isPositive();
            assertThatThrownBy(() -> rowsSeenBy("registry_jobs", "", "select count(data) from registry.connections"))
                    .hasMessageContaining("permission denied");
        }
    }
}
