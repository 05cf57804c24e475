package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A path into an answer as provider files write it: {@code data.viewer.id}, {@code [0].id}, {@code a.b|c}. */
public record FactPath(String expression) {

    private static final Pattern STEP = Pattern.compile("\\[(\\d{1,4})]|([^.\\[\\]]+)");

    /** The scalar at the path as text, or null; of several alternatives the first that is there. */
    public @Nullable String text(JsonNode answer) {
        JsonNode found = find(answer);
        return found.isValueNode() && !found.isNull() ? found.asText() : null;
    }

    /** The node at the path, or a missing node. */
    public JsonNode find(JsonNode answer) {
        for (String alternative : alternatives()) {
            JsonNode found = walk(answer, alternative);
            if (!found.isMissingNode() && !found.isNull()) {
                return found;
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether the answer says null there, which is more than saying nothing. */
    boolean isNull(JsonNode answer) {
        return find(answer).isMissingNode()
                && Arrays.stream(alternatives())
                        .anyMatch(alternative -> walk(answer, alternative).isNull());
    }

    private String[] alternatives() {
        return expression.split("\\|", -1);
    }

    private static JsonNode walk(JsonNode from, String path) {
        JsonNode at = from;
        var steps = STEP.matcher(path);
        while (steps.find()) {
            at = steps.group(1) == null ? at.path(steps.group(2)) : at.path(Integer.parseInt(steps.group(1)));
        }
        return at;
    }
}
