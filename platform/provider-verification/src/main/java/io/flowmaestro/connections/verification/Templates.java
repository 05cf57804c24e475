package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills the catalogue's templates from a connection's data, and remembers which names had no value. */
final class Templates {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_-]+)}");

    private final JsonNode data;
    private final Map<String, Variable> variables;
    private final Set<String> missing = new LinkedHashSet<>();

    Templates(JsonNode data, Map<String, Variable> variables) {
        this.data = data;
        this.variables = variables;
    }

    /** Names that a template asked for in vain, as the connection's data spells them. */
    Set<String> missing() {
        return Set.copyOf(missing);
    }

    /** The text, or null where a variable has no value: half a header is worse than none. */
    @Nullable
    String fill(@Nullable String template) {
        return fill(template, UnaryOperator.identity());
    }

    /** Values become part of one path segment or query; only a variable that the template begins with may be more. */
    @Nullable
    String fillUrl(@Nullable String template) {
        return fill(template, UrlText::segment);
    }

    /** Headers or parameters; the ones that cannot be filled are left out. */
    Map<String, String> fill(Map<String, String> templates) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((nameTemplate, template) -> {
            String name = fill(nameTemplate);
            String value = fill(template);
            if (name != null && value != null) {
                filled.put(name, value);
            }
        });
        return filled;
    }

    private @Nullable String fill(@Nullable String template, UnaryOperator<String> encoding) {
        if (template == null) {
            return null;
        }
        Matcher names = VARIABLE.matcher(template);
        StringBuilder filled = new StringBuilder();
        boolean whole = true;
        while (names.find()) {
            String value = value(names.group(1));
            whole &= value != null;
            String part = value == null ? "" : names.start() == 0 ? value : encoding.apply(value);
            names.appendReplacement(filled, Matcher.quoteReplacement(part));
        }
        return whole ? names.appendTail(filled).toString() : null;
    }

    private @Nullable String value(String name) {
        String field = name.equals("key") ? "api_key" : name;
        Variable variable = variables.getOrDefault(field, Variable.OPEN);
        JsonNode own = data.path(field);
        String value = own.isValueNode() && !own.isNull() ? own.asText() : variable.within(Texts.of(data, "api_key"));
        if (value == null) {
            value = variable.defaultValue();
        }
        if (value == null || !variable.allows(value)) {
            missing.add(field);
            return null;
        }
        return value;
    }
}
