package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.UserConnections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.UUID;

/**
 * Posts a message to Slack. A refused token is reported, and a new one is tried once.
 *
 * @param api base URL of Slack's API
 */
record SlackNode(Web web, String api) implements Node {

    /** Slack's own words for a token that it no longer takes; they come with HTTP 200. */
    private static final Set<String> REFUSED = Set.of("invalid_auth", "token_expired", "token_revoked");

    @Override
    public void execute(UserConnections connections, JsonNode config, ObjectNode context)
            throws IOException, InterruptedException {
        UUID connection = UUID.fromString(config.path("connectionId").asText());
        JsonNode message = Template.filled(config.path("config"), context);
        String token = connections.getAccessToken(connection);
        JsonNode answer = post(token, message);
        if (REFUSED.contains(answer.path("error").asText())) {
            connections.refused(connection, token);
            answer = post(connections.getAccessToken(connection), message);
        }
        if (!answer.path("ok").asBoolean()) {
            throw new IOException(
                    "Slack did not take the message: " + answer.path("error").asText() + ".");
        }
        context.putObject("message")
                .put("channel", answer.path("channel").asText())
                .put("ts", answer.path("ts").asText());
    }

    private JsonNode post(String token, JsonNode message) throws IOException, InterruptedException {
        return web.post(
                HttpRequest.newBuilder(URI.create(api + "/chat.postMessage"))
                        .header("Authorization", "Bearer " + token),
                message);
    }
}
