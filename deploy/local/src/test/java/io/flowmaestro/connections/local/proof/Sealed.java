package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** A record that was or will be sealed: its place and what it says. */
record Sealed(UUID user, UUID connection, String plaintext) {

    JsonObject toSeal() {
        return place().put("plaintext", base64());
    }

    JsonObject toOpen(JsonObject envelope) {
        return place().put("envelope", envelope);
    }

    /** Whether this item of an answer is the record's plaintext. */
    boolean isIn(JsonObject answer) {
        return base64().equals(answer.getString("plaintext"));
    }

    Sealed saying(String other) {
        return new Sealed(user, connection, other);
    }

    private JsonObject place() {
        return new JsonObject().put("connection_id", connection.toString()).put("purpose", "connection-data");
    }

    private String base64() {
        return Base64.getEncoder().encodeToString(plaintext.getBytes(StandardCharsets.UTF_8));
    }
}
