package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds answers from the paths that files read them by. */
final class Answers {

    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    /** Puts a value where the first alternative of a path looks. */
    static <T extends JsonNode> T put(T answer, String path, String json) {
        String[] steps = path.split("\\|", -1)[0]
                .replace("[", ".[")
                .replaceFirst("^\\.", "")
                .split("\\.", -1);
        JsonNode at = answer;
        for (int i = 0; i < steps.length; i++) {
            JsonNode next = i == steps.length - 1
                    ? read(json)
                    : steps[i + 1].startsWith("[") ? JSON.createArrayNode() : JSON.createObjectNode();
            at = step(at, steps[i], next, i == steps.length - 1);
        }
        return answer;
    }

    private static JsonNode step(JsonNode at, String step, JsonNode next, boolean last) {
        if (at instanceof ArrayNode array) {
            if (array.isEmpty()) {
                array.add(next);
            }
            return array.get(0);
        }
        ObjectNode object = (ObjectNode) at;
        if (last || !object.has(step)) {
            object.set(step, next);
        }
        return object.get(step);
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }
}
