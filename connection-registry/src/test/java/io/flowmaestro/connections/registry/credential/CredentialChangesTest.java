package io.flowmaestro.connections.registry.credential;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What is told on the channel that whoever keeps credentials listens on. */
@RegistryTest
class CredentialChangesTest {

    private static final int LONGEST_WAIT_MS = 5_000;

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** Something that happens to the connection of that id. */
    private interface Happening {
        void to(String id) throws Exception;
    }

    /** The ids that were told of while it happened; the last word is our own, so that nothing is waited for in vain. */
    private static List<String> told(String id, Happening happening) throws Exception {
        try (var listener = PostgresResource.as("registry_app");
                var sql = listener.createStatement()) {
            sql.execute("listen registry_connections");
            happening.to(id);
            String end = UUID.randomUUID().toString();
            update("do $$ begin perform pg_notify('registry_connections', '" + end + "'); end $$");
            List<String> told = new ArrayList<>();
            while (!told.contains(end)) {
                var arrived = listener.unwrap(PGConnection.class).getNotifications(LONGEST_WAIT_MS);
                assertThat(arrived).as("notifications").isNotEmpty();
                Stream.of(arrived).forEach(one -> told.add(one.getParameter()));
            }
            return told.stream().filter(id::equals).toList();
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "a publication",
                        id -> broker(ALICE)
                                .body("{\"attempt_id\": \"" + UUID.randomUUID()
                                        + "\", \"expected_credential_generation\": 1, \"envelope\": " + ENVELOPE + "}")
                                .put("/internal/connections/{id}/credential", id)
                                .then()
                                .statusCode(200)),
                change(
                        "a status",
                        id -> broker(ALICE)
                                .body("{\"status\": \"expired\", \"expected_credential_generation\": 1}")
                                .put("/internal/connections/{id}/status", id)
                                .then()
                                .statusCode(200)),
                change(
                        "new data",
                        id -> as(ALICE)
                                .body("{\"data\": {\"api_key\": \"new\"}}")
                                .put("/api/connections/{id}", id)
                                .then()
                                .statusCode(200)),
                change(
                        "a deletion",
                        id -> as(ALICE)
                                .delete("/api/connections/{id}", id)
                                .then()
                                .statusCode(200)),
                change(
                        "a purge",
                        id -> as(ALICE)
                                .delete("/api/connections/{id}?purge=true", id)
                                .then()
                                .statusCode(200)),
                change(
                        "a tool policy",
                        id -> set(
                                id,
                                "tool_policy = '{\"require_approval\": false, \"allowed_tools\": [], \"approved\": {}}'")),
                change("an owner", id -> set(id, "user_id = gen_random_uuid()")));
    }

    private static Arguments change(String name, Happening happening) {
        return Arguments.of(name, happening);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void isToldOnceForEachChange(String name, Happening happening) throws Exception {
        String id = stored(ALICE, "openai");

        assertThat(told(id, happening)).containsExactly(id);
    }

    @Test
    void isToldOfARestore() throws Exception {
        String id = stored(ALICE, "openai");
        as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);

        assertThat(told(
                        id,
                        deleted -> as(ALICE)
                                .post("/api/connections/{id}/restore", deleted)
                                .then()
                                .statusCode(200)))
                .containsExactly(id);
    }

    @Test
    void isNotToldOfANameOrOfAUse() throws Exception {
        String id = stored(ALICE, "openai");

        assertThat(told(
                        id,
                        named -> as(ALICE)
                                .body("{\"name\": \"Other\", \"metadata\": {\"a\": 1}}")
                                .put("/api/connections/{id}", named)
                                .then()
                                .statusCode(200)))
                .isEmpty();
        assertThat(told(
                        id,
                        used -> broker(ALICE)
                                .body("""
                                {"events": [{"id": "%s", "connection_id": "%s", "type": "used",
                                             "occurred_at": "2026-11-01T10:00:00Z", "actor": "w", "via": "w"}]}""".formatted(UUID.randomUUID(), used))
                                .post("/internal/usage")
                                .then()
                                .statusCode(200)))
                .isEmpty();
    }

    /** The last as a rewrap writes it; a test may set the status that there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "last_tested_at = now(), last_test_attempt_at = now(), last_test = '{}', status = status",
                "test_due_at = now(), test_claimed_until = now()",
                "metadata = '{\"account\": {\"id\": \"7\"}}', updated_at = now()",
                "rewrap_claimed_until = now()",
                "data = data || '{\"key_version\": 2}', rewrap_run = rewrap_run + 1, rewrap_claimed_until = null"
            })
    void isNotToldOfWhatLeavesTheCredentialAsItIs(String change) throws Exception {
        String id = stored(ALICE, "openai");

        assertThat(told(id, row -> set(row, change))).isEmpty();
    }

    @Test
    void isToldOfAnEnvelopeThatSomebodyElseWrote() throws Exception {
        String id = stored(ALICE, "openai");
        set(id, "rewrap_run = 7");

        assertThat(told(id, row -> set(row, "data = data || '{\"key_version\": 3}'")))
                .containsExactly(id);
    }

    private static void set(String id, String change) throws SQLException {
        update("update registry.connections set " + change + " where id = '" + id + "'");
    }
}
