package io.flowmaestro.connections.registry.revocation;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.flowmaestro.connections.registry.revocation.Revocations.claim;
import static io.flowmaestro.connections.registry.revocation.Revocations.connected;
import static io.flowmaestro.connections.registry.revocation.Revocations.deleted;
import static io.flowmaestro.connections.registry.revocation.Revocations.due;
import static io.flowmaestro.connections.registry.revocation.Revocations.end;
import static io.flowmaestro.connections.registry.revocation.Revocations.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge of an OAuth connection: gone at once for its owner, and from the database when its provider was told. */
@RegistryTest
class PurgeTest {

    @Inject
    RevocationService revocations;

    @BeforeEach
    void nothingElseIsQueued() throws SQLException {
        Registry.peersThatWork();
        update("delete from registry.connections");
    }

    private static void purge(String id) {
        as(ALICE)
                .delete("/api/connections/{id}?purge=true", id)
                .then()
                .statusCode(200)
                .body("data.purged", equalTo(true));
    }

    @Test
    void leavesNothingForTheOwnerAndOnlyWhatTheProviderIsToldWith() throws SQLException {
        String id = connected(ALICE);

        purge(id);

        as(ALICE).get("/api/connections/{id}", id).then().statusCode(404);
        as(ALICE).post("/api/connections/{id}/restore", id).then().statusCode(404);
        as(ALICE).delete("/api/connections/{id}?purge=true", id).then().statusCode(404);
        broker(ALICE).get("/internal/connections/{id}/credential", id).then().statusCode(404);
        as(ALICE)
                .get("/api/connections/{id}/events", id)
                .then()
                .body("data.type", equalTo(List.of("purged", "created")))
                .body("data[0].details.name", equalTo("octocat"));
        assertThat(row(id, "name || metadata::text")).isEqualTo("github{}");
    }

    @Test
    void countsNoUseAnyMore() {
        String id = connected(ALICE);
        purge(id);

        broker(ALICE)
                .body("""
                        {"events": [{"id": "%s", "connection_id": "%s", "type": "used",
                                     "occurred_at": "2026-11-01T10:00:00Z", "actor": "w", "via": "w"}]}""".formatted(UUID.randomUUID(), id))
                .post("/internal/usage")
                .then()
                .statusCode(200)
                .body("data.accepted", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoked", "not_offered", "refused"})
    void endsWithTheRevocation(String outcome) throws SQLException {
        String id = connected(ALICE);
        purge(id);
        claim(10).body("data.connections.id", contains(id));

        end(ALICE, id, "{\"outcome\": \"retry\"}").body("data.pending", equalTo(true));
        assertThat(row(id, "id")).isNotNull();
        due(id);
        claim(10).body("data.connections.id", contains(id));
        end(ALICE, id, "{\"outcome\": \"" + outcome + "\"}").statusCode(200).body("data.pending", equalTo(false));

        assertThat(row(id, "id")).isNull();
    }

    @Test
    void endsWhenItIsGivenUp() throws SQLException {
        String id = connected(ALICE);
        purge(id);
        update("update registry.connections set revocation_since = now() - interval '8 days'");

        assertThat(revocations.giveUp().await().indefinitely()).isEqualTo(1);

        assertThat(row(id, "id")).isNull();
    }

    @Test
    void ofADeletedConnectionWaitsNoLonger() {
        String id = deleted(ALICE);

        purge(id);

        claim(10).body("data.connections.id", contains(id));
    }

    @Test
    void afterTheRevocationIsOverAtOnce() throws SQLException {
        String id = deleted(ALICE);
        due(id);
        claim(10);
        end(ALICE, id, "{\"outcome\": \"revoked\"}").statusCode(200);

        purge(id);

        assertThat(row(id, "id")).isNull();
    }
}
