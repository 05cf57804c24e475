package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The list that is read by a function of the database. */
@RegistryTest
class ConnectionPageTest {

    private static final String ALL = "select * from registry.connection_page('%s', null, null, 1000)";

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** With {@code total} a list is read by a statement of its own, as it is with filters. */
    @Test
    void showsWhatTheStatementOfOtherListsShowsOnEveryPage() throws SQLException {
        UUID user = UUID.randomUUID();
        for (int i = 0; i < 8; i++) {
            stored(user, "p" + i);
        }
        stored(BOB, "openai");
        as(user).delete("/api/connections/{id}", stored(user, "gone")).then().statusCode(200);
        // Ties across the ends of pages, and values in every column.
        update("""
                update registry.connections
                   set created_at = case when provider < 'p5' then timestamptz '2026-01-01 00:00:00.123456Z' else created_at end,
                       last_test = '{"success": true}', last_used_at = now(), expires_at = now(), status_reason = 'because',
                       mcp_server_url = 'https://mcp.example', mcp_tools = '[{}, {}]', capabilities = '{"tools": {}}'
                 where user_id = '%s'""".formatted(user));
        String cursor = null;
        int seen = 0;
        do {
            JsonPath page = page(user, cursor, false);
            JsonPath other = page(user, cursor, true);
            assertThat(page.<List<Map<String, Object>>>get("data"))
                    .isNotEmpty()
                    .isEqualTo(other.<List<Map<String, Object>>>get("data"));
            assertThat(page.getString("pagination.next_cursor")).isEqualTo(other.getString("pagination.next_cursor"));
            seen += page.getList("data").size();
            cursor = page.getString("pagination.next_cursor");
        } while (cursor != null);
        assertThat(seen).isEqualTo(8);
    }

    private static JsonPath page(UUID user, String cursor, boolean total) {
        var request = as(user).queryParam("limit", 3).queryParam("total", total);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/api/connections")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Nested
    class Function {

        private UUID hers;
        private UUID his;

        @BeforeEach
        void eachHasOne() {
            hers = UUID.fromString(stored(ALICE, "openai"));
            his = UUID.fromString(stored(BOB, "openai"));
        }

        @Test
        void readsAsTheUserItIsToldWhoeverWasSetBefore() throws SQLException {
            try (var database = PostgresResource.as("registry_app");
                    var app = database.createStatement()) {
                app.execute("select set_config('app.user_id', '" + BOB + "', false)");

                assertThat(users(app, ALICE.toString())).containsOnly(ALICE);
                assertThat(users(app, BOB.toString())).containsOnly(BOB);
            }
        }

        @Test
        void leavesNoUserBehind() throws SQLException {
            try (var database = PostgresResource.as("registry_app");
                    var app = database.createStatement()) {
                assertThat(users(app, ALICE.toString())).containsOnly(ALICE);

                assertThat(ids(app, "select * from registry.connections")).isEmpty();
                assertThat(ids(app, "select * from registry.connection_line")).isEmpty();
            }
        }

        @Test
        void showsNothingToNobodyAndToAStranger() throws SQLException {
            try (var database = PostgresResource.as("registry_app");
                    var app = database.createStatement()) {
                app.execute("select set_config('app.user_id', '" + ALICE + "', false)");

                assertThat(users(app, UUID.randomUUID().toString())).isEmpty();
                assertThat(ids(app, ALL.replace("'%s'", "null"))).isEmpty();
            }
        }

        @Test
        void goesOnFromAPlaceOfAnotherUsersInOnesOwnListOnly() throws SQLException {
            try (var database = PostgresResource.as("registry_app");
                    var app = database.createStatement()) {
                String after = "select * from registry.connection_page('%s', 'infinity', '%s', 1000)";

                assertThat(ids(app, after.formatted(ALICE, his))).contains(hers).doesNotContain(his);
            }
        }

        /** Without the policy of the role that asks there is nothing to see: what the function names is no way round it. */
        @Test
        void isUnderThePolicyOfWhoeverCallsIt() throws SQLException {
            inTransaction(app -> {
                app.execute("set local role registry_app");
                assertThat(users(app, ALICE.toString())).containsOnly(ALICE);
                app.execute("reset role");
                app.execute("drop policy connections_app on registry.connections");
                app.execute("set local role registry_app");
                assertThat(users(app, ALICE.toString())).isEmpty();
            });
        }

        @Test
        void neverReadsData() throws SQLException {
            inTransaction(app -> {
                app.execute("revoke select on registry.connections from registry_app");
                app.execute("""
                        do $$ begin
                          execute (select format('grant select (%s) on registry.connections to registry_app',
                                                 string_agg(quote_ident(attname), ', '))
                                     from pg_attribute where attrelid = 'registry.connections'::regclass
                                      and attnum > 0 and not attisdropped and attname not in ('data', 'mcp_tools'));
                        end $$""");
                app.execute("set local role registry_app");
                assertThat(users(app, ALICE.toString())).containsOnly(ALICE);
            });
        }

        @Test
        void isNotForTheRoleThatClaims() throws SQLException {
            try (var database = PostgresResource.as("registry_jobs");
                    var jobs = database.createStatement()) {
                assertThatThrownBy(() -> jobs.execute(ALL.formatted(ALICE))).hasMessageContaining("permission denied");
            }
        }

        /** From the first call on, and whoever's list is planned for. */
        @Test
        void walksTheIndexOfAListFromItsStartAndFromAPlace() throws SQLException {
            inTransaction(app -> {
                app.execute("""
                        insert into registry.connections
                          (id, user_id, name, connection_method, provider, data, created_at)
                        select gen_random_uuid(), md5((n % 300)::text)::uuid, 'c' || n, 'api_key', 'openai', '{}',
                               now() - n * interval '1 second' from generate_series(1, 30000) n""");
                app.execute("analyze registry.connections");
                app.execute("load 'auto_explain'");
                app.execute("set local auto_explain.log_min_duration = 0");
                app.execute("set local auto_explain.log_nested_statements = on");
                app.execute("set local auto_explain.log_level = notice");
                app.execute("set local role registry_app");
                for (String place : List.of("null, null", "now(), gen_random_uuid()")) {
                    app.execute("select * from registry.connection_page(md5('7')::uuid, " + place + ", 101)");
                    assertThat(plans(app))
                            .filteredOn(plan -> plan.contains("on connections"))
                            .singleElement()
                            .asString()
                            .contains("Index Scan using connections_by_user")
                            .contains("current_setting('app.user_id'")
                            .doesNotContain("Sort");
                }
            });
        }
    }

    private interface Work {
        void run(Statement statement) throws SQLException;
    }

    /** As superuser; rolled back. */
    private static void inTransaction(Work work) throws SQLException {
        try (Connection database = PostgresResource.superuser();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            try {
                work.run(statement);
            } finally {
                database.rollback();
            }
        }
    }

    private static List<String> plans(Statement statement) throws SQLException {
        List<String> plans = new ArrayList<>();
        for (var told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
            plans.add(told.getMessage());
        }
        return plans;
    }

    private static List<UUID> users(Statement statement, String user) throws SQLException {
        return column(statement, ALL.formatted(user), "user_id");
    }

    private static List<UUID> ids(Statement statement, String query) throws SQLException {
        return column(statement, query, "id");
    }

    private static List<UUID> column(Statement statement, String query, String column) throws SQLException {
        List<UUID> values = new ArrayList<>();
        try (var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getObject(column, UUID.class));
            }
        }
        return values;
    }
}
