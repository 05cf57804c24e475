package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers at the places that facts name: {@code a.b}, {@code [0].id}; of alternatives the first. */
final class JsonAt {

    private JsonAt() {}

    /** A root that the path can start from. */
    static JsonNode root(@Nullable String path) {
        return path != null && path.startsWith("[")
                ? JsonNodeFactory.instance.arrayNode()
                : JsonNodeFactory.instance.objectNode();
    }

    static void put(JsonNode root, @Nullable String path, JsonNode value) {
        if (path == null) {
            return;
        }
        List<String> steps = steps(path.split("\\|", -1)[0]);
        JsonNode at = root;
        for (int step = 0; step < steps.size(); step++) {
            boolean last = step == steps.size() - 1;
            JsonNode next = last
                    ? value
                    : steps.get(step + 1).matches("\\d+")
                            ? JsonNodeFactory.instance.arrayNode()
                            : JsonNodeFactory.instance.objectNode();
            at = place(at, steps.get(step), next, last);
        }
    }

    static void put(JsonNode root, @Nullable String path, String value) {
        put(root, path, JsonNodeFactory.instance.textNode(value));
    }

    private static JsonNode place(JsonNode at, String step, JsonNode next, boolean replace) {
        if (at instanceof ArrayNode array) {
            int index = Integer.parseInt(step);
            while (array.size() <= index) {
                array.addNull();
            }
            if (replace || array.get(index).isNull()) {
                array.set(index, next);
            }
            return array.get(index);
        }
        var object = (ObjectNode) at;
        if (replace || !object.has(step)) {
            object.set(step, next);
        }
        return object.get(step);
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String part : path.replace("[", ".[").split("\\.", -1)) {
            if (!part.isEmpty()) {
                steps.add(part.replace("[", "").replace("]", ""));
            }
        }
        return steps;
    }
}
