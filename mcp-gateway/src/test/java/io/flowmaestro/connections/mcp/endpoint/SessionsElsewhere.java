package io.flowmaestro.connections.mcp.endpoint;

import io.flowmaestro.connections.mcp.endpoint.session.Signer;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Sessions as the replica at another address would have begun them. */
final class SessionsElsewhere {

    private SessionsElsewhere() {}

    static String session(Signer signer, String home, UUID user, UUID connection, JsonObject capabilities) {
        var content = McpJson.object()
                .put("v", "2025-11-25")
                .put("u", user.toString())
                .put("n", connection.toString())
                .put("e", Instant.now().plusSeconds(3600).getEpochSecond())
                .put("h", home);
        content.set("c", McpJson.read(capabilities.encode().getBytes(StandardCharsets.UTF_8)));
        return signer.sign("session", content);
    }
}
