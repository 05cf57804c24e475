package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.UserConnections;
import java.io.IOException;
import java.util.UUID;

/** Asks a model that speaks OpenAI's API. Where it is, and how the key is sent, comes with the credential. */
record LlmNode(Web web) implements Node {

    @Override
    public void execute(UserConnections connections, JsonNode config, ObjectNode context)
            throws IOException, InterruptedException {
        var apply = connections
                .getCredential(UUID.fromString(config.path("connectionId").asText()))
                .apply();
        ObjectNode body = Web.JSON.createObjectNode();
        body.set("model", config.path("model"));
        body.set("temperature", config.path("temperature"));
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", Template.filled(config.path("prompt").asText(), context));

        JsonNode answer = web.post(apply.request("/v1/chat/completions"), body);

        context.set(config.path("outputVariable").asText(), answer.at("/choices/0/message/content"));
    }
}
