package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills the catalogue's templates from a connection's data. */
final class Templates {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_-]+)}");

    private final JsonNode data;
    private final Map<String, String> defaults;

    Templates(JsonNode data, Map<String, String> defaults) {
        this.data = data;
        this.defaults = defaults;
    }

    /** The text, or null where a variable has no value: half a header is worse than none. */
    @Nullable
    String fill(@Nullable String template) {
        if (template == null) {
            return null;
        }
        Matcher variables = VARIABLE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (variables.find()) {
            String value = value(variables.group(1));
            if (value == null) {
                return null;
            }
            variables.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return variables.appendTail(filled).toString();
    }

    Map<String, String> fill(Map<String, String> templates) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> {
            String value = fill(template);
            if (value != null) {
                filled.put(name, value);
            }
        });
        return filled;
    }

    private @Nullable String value(String variable) {
        JsonNode found = data.path(variable.equals("key") ? "api_key" : variable);
        if (found.isValueNode() && !found.isNull()) {
            return found.asText();
        }
        return defaults.get(variable);
    }
}
