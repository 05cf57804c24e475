package io.flowmaestro.connections.oauth.erasure;

import static io.flowmaestro.connections.oauth.testing.Calls.registry;
import static io.flowmaestro.connections.oauth.testing.Calls.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureResourceTest extends ComponentTest {

    private static final String PATH = "/internal/users/{user}";

    @BeforeEach
    void start() {
        Suite.sql("delete from oauth.flows");
        Suite.sql("delete from oauth.flow_results");
        Suite.sql("delete from oauth.pending_grants");
        seed(Suite.ALICE);
        seed(Suite.BOB);
    }

    private static void seed(UUID user) {
        for (int i = 0; i < 2; i++) {
            Suite.sql("""
                    insert into oauth.flows (id, user_id, provider, redirect_uri, state_hash, browser_hash, scopes, expires_at)
                    values (gen_random_uuid(), '%s', 'acme', 'https://a', sha256(gen_random_uuid()::text::bytea),
                            sha256('b'), '{}', now() + interval '1 minute')
                    """.formatted(user));
        }
        Suite.sql("""
                insert into oauth.flow_results (flow_id, user_id, provider, expires_at)
                values (gen_random_uuid(), '%s', 'acme', now())
                """.formatted(user));
        Suite.sql(
                "insert into oauth.refresh_attempts (id, connection_id, user_id, provider, generation, owner, state, deadline)"
                        + " values (gen_random_uuid(), gen_random_uuid(), '%s', 'acme', 1, gen_random_uuid(), 'leased', now())"
                                .formatted(user));
        Suite.sql("""
                insert into oauth.mcp_clients (id, user_id, issuer, redirect_uri, client_id, envelope)
                values (gen_random_uuid(), '%s', 'https://as', 'https://a', 'c', '{}') on conflict do nothing
                """.formatted(user));
        Suite.sql("""
                insert into oauth.pending_grants
                    (id, user_id, connection_id, provider, renews, envelope, refreshable, metadata)
                values (gen_random_uuid(), '%s', gen_random_uuid(), 'acme', true, '{}', true, '{}')
                """.formatted(user));
        Suite.sql("insert into oauth.refresh_leases values (gen_random_uuid(), '%s', gen_random_uuid(), 1, now())"
                .formatted(user));
    }

    private static List<String> tablesWith(UUID user) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables()) {
            if (Suite.count("select count(*) from oauth." + table + " where user_id = '" + user + "'") > 0) {
                found.add(table);
            }
        }
        return found;
    }

    /** Every table of the schema that has a user in it, so that a new one cannot be forgotten here. */
    private static List<String> tables() throws SQLException {
        try (var connection = PostgresResource.superuser();
                var sql = connection.createStatement();
                var rows = sql.executeQuery(
                        "select table_name from information_schema.columns where table_schema = 'oauth' and column_name = 'user_id' order by 1")) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }

    @Test
    void everythingOfTheUserIsRemovedAndNothingOfAnother() throws SQLException {
        assertThat(tablesWith(Suite.ALICE))
                .as("tables in which this test has seeded the user")
                .isEqualTo(tables());

        registry()
                .delete(PATH, Suite.ALICE)
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.removed.flows", equalTo(2))
                .body("data.removed.flow_results", equalTo(1))
                .body("data.removed.refresh_leases", equalTo(1))
                .body("data.removed.refresh_attempts", equalTo(1))
                .body("data.removed.mcp_clients", equalTo(1))
                .body("data.removed.pending_grants", equalTo(1));

        assertThat(tablesWith(Suite.ALICE)).isEmpty();
        assertThat(tablesWith(Suite.BOB)).isEqualTo(tables());
    }

    @Test
    void itIsSafeToRepeat() {
        registry().delete(PATH, Suite.ALICE).then().statusCode(200);

        registry()
                .delete(PATH, Suite.ALICE)
                .then()
                .statusCode(200)
                .body("data.removed.flows", equalTo(0))
                .body("data.removed.flow_results", equalTo(0))
                .body("data.removed.refresh_leases", equalTo(0))
                .body("data.removed.usage_events", equalTo(0));
    }

    @Nested
    class Callers {
        @Test
        void mustNameTheSameUserTwice() throws SQLException {
            registry().delete(PATH, Suite.BOB).then().statusCode(400).body("code", equalTo("parameter-invalid"));
            given().auth()
                    .oauth2(Tokens.service("connection-registry"))
                    .delete(PATH, Suite.ALICE)
                    .then()
                    .statusCode(400);

            assertThat(tablesWith(Suite.ALICE)).isEqualTo(tables());
            assertThat(tablesWith(Suite.BOB)).isEqualTo(tables());
        }

        @Test
        void otherThanTheRegistryAreRefused() throws SQLException {
            service("mcp-gateway").delete(PATH, Suite.ALICE).then().statusCode(403);
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .delete(PATH, Suite.ALICE)
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(Tokens.admin())
                    .delete(PATH, Suite.ALICE)
                    .then()
                    .statusCode(403);
            given().delete(PATH, Suite.ALICE).then().statusCode(401);

            assertThat(tablesWith(Suite.ALICE)).isEqualTo(tables());
        }
    }
}
