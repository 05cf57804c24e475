package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Tells a sealed secret from one that lies open, by its form alone: what is in the open is not sent anywhere. The vault
 * decides whether it really opens.
 */
final class LegacyEnvelope {
    private static final List<String> PARTS = List.of("iv", "data", "authTag");
    private static final int IV_AND_TAG_BYTES = 32;

    private LegacyEnvelope() {}

    /** {@code {"iv", "data", "authTag"}}, or base64 of IV, tag and ciphertext; in a JSON column perhaps as a string. */
    static Optional<JsonNode> of(String column) {
        Optional<JsonNode> json = Json.parsed(column.strip());
        if (json.filter(JsonNode::isTextual).isPresent()) {
            String inner = json.get().textValue().strip();
            return inner.startsWith("{") ? Json.parsed(inner).flatMap(LegacyEnvelope::parts) : compact(inner);
        }
        return json.isPresent() ? parts(json.get()) : compact(column.strip());
    }

    private static Optional<JsonNode> parts(JsonNode json) {
        var envelope = JsonNodeFactory.instance.objectNode();
        for (String part : PARTS) {
            JsonNode value = json.path(part);
            if (!value.isTextual() || !value.textValue().matches("([0-9a-fA-F]{2})*")) {
                return Optional.empty();
            }
            envelope.set(part, value);
        }
        return json.size() == PARTS.size() ? Optional.of(envelope) : Optional.empty();
    }

    private static Optional<JsonNode> compact(String text) {
        try {
            return Base64.getDecoder().decode(text).length >= IV_AND_TAG_BYTES
                    ? Optional.of(JsonNodeFactory.instance.textNode(text))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
