package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes what looks like a secret out of an integration's settings, which the source kept in the open: metadata shows. */
final class OpenSecrets {
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(secret|passw|token|api_?key|private_?key|credential|authorization|cookie|bearer).*",
            Pattern.CASE_INSENSITIVE);

    private OpenSecrets() {}

    /** Answers the names of what was taken out. */
    static List<String> removedFrom(JsonNode json) {
        List<String> removed = new ArrayList<>();
        switch (json) {
            case ObjectNode object -> {
                List<String> secret = object.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> SECRET_NAME.matcher(name).matches())
                        .toList();
                object.remove(secret);
                removed.addAll(secret);
                object.forEach(child -> removed.addAll(removedFrom(child)));
            }
            case ArrayNode array -> array.forEach(child -> removed.addAll(removedFrom(child)));
            default -> {}
        }
        return removed;
    }
}
