package io.flowmaestro.connections.registry.revocation;

import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.UUID;

/** What tests of revocations say to the registry as oauth-broker, and what they see in the database. */
final class Revocations {

    private Revocations() {}

    static String connected(UUID user) {
        UUID id = UUID.randomUUID();
        broker(user)
                .body("""
                        {"id": "%s", "name": "octocat", "connection_method": "oauth2", "provider": "github",
                         "envelope": %s, "metadata": {"account": {"email": "octocat@example.com"}}}""".formatted(id, ENVELOPE))
                .post("/internal/connections")
                .then()
                .statusCode(201);
        return id.toString();
    }

    static String deleted(UUID user) {
        String id = connected(user);
        as(user).delete("/api/connections/{id}", id).then().statusCode(200);
        return id;
    }

    /** Lets the time for taking it back, or for the next try, go by. */
    static void due(String id) throws SQLException {
        update("update registry.connections set revocation_due_at = now() - interval '1 second' where id = '" + id
                + "' and revocation_due_at is not null");
    }

    static ValidatableResponse claim(int limit) {
        return given().auth()
                .oauth2(Tokens.service("oauth-broker"))
                .contentType(ContentType.JSON)
                .body("{\"limit\": %d, \"claim_seconds\": 60}".formatted(limit))
                .post("/internal/revocations/claim")
                .then()
                .statusCode(200);
    }

    static ValidatableResponse end(UUID user, String id, String body) {
        return broker(user)
                .body(body)
                .put("/internal/connections/{id}/revocation", id)
                .then();
    }

    static ValidatableResponse renew(UUID user, String id, long generation) {
        return broker(user)
                .body("{\"credential_generation\": %d, \"claim_seconds\": 60}".formatted(generation))
                .put("/internal/connections/{id}/revocation/claim", id)
                .then();
    }

    /** A value of the connection's row, past row security; null also when there is no row. */
    static String row(String id, String expression) throws SQLException {
        return sql("select " + expression + " from registry.connections where id = '" + id + "'");
    }
}
