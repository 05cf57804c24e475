package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Text fields of a connection's data. */
final class Texts {

    private Texts() {}

    /** Null for a field that is absent, empty or no text. */
    static @Nullable String of(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
