package io.flowmaestro.connections.mcp.endpoint;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** A server, a user with a connection to it, and the user's clients. */
abstract class SessionCase {

    final UUID alice = UUID.randomUUID();
    final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    Client client(UUID connection, UUID user) {
        return new Client(address, "/mcp/" + connection, user);
    }

    Client client() {
        return client(StoredMcp.of(alice, server).id, alice);
    }

    Client inSession() {
        return inSession(new JsonObject());
    }

    Client inSession(JsonObject capabilities) {
        return client().initialized("2025-11-25", capabilities);
    }
}
