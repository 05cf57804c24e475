package io.flowmaestro.connections.oauthclient;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts of the catalogue with {@code {names}} in them, outside of URLs. */
final class TextTemplate {

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");

    private TextTemplate() {}

    /**
     * The text with every name replaced.
     *
     * @throws VariablesRefused naming one that has no value
     */
    static String fill(String template, Map<String, String> values) {
        var filled = new StringBuilder();
        var names = NAME.matcher(template);
        while (names.find()) {
            String value = values.get(names.group(1));
            if (value == null) {
                throw new VariablesRefused(new TreeMap<>(Map.of(names.group(1), "is missing")));
            }
            names.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return names.appendTail(filled).toString();
    }

    static Map<String, String> fill(Map<String, String> templates, Map<String, String> values) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> filled.put(name, fill(template, values)));
        return filled;
    }

    /** Parameters of a form that is written as in a request body: {@code token={refresh_token}&hint=x}. */
    static Map<String, String> form(String template, Map<String, String> values) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Stream.of(template.split("&")).forEach(pair -> {
            int equals = pair.indexOf('=');
            parameters.put(pair.substring(0, equals), fill(pair.substring(equals + 1), values));
        });
        return parameters;
    }
}
