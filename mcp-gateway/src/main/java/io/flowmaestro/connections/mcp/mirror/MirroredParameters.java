package io.flowmaestro.connections.mcp.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.MirroredValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which parameters of a tool go into headers, too: those that its schema annotates with {@code x-mcp-header}. */
public record MirroredParameters(List<Mirror> mirrors) {

    /** One parameter: where it stands among the arguments, and its header. */
    public record Mirror(List<String> path, String header) {}

    private static final String ANNOTATION = "x-mcp-header";
    private static final String PROPERTIES = "properties";
    private static final String PREFIX = "Mcp-Param-";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int MOST = 32;
    private static final BigDecimal SAFE = BigDecimal.valueOf((1L << 53) - 1);

    /** Empty when the annotations break the rules; such a tool must not be offered at all. */
    public static Optional<MirroredParameters> of(JsonNode schema) {
        var scan = new Scan();
        scan.reachable(schema, List.of());
        return scan.valid ? Optional.of(new MirroredParameters(List.copyOf(scan.mirrors))) : Optional.empty();
    }

    /** The headers of a call with these arguments. */
    public Map<String, String> headers(JsonNode arguments) {
        var headers = new HashMap<String, String>();
        values(arguments).forEach(value -> headers.put(value.header(), HeaderValue.of(value.text())));
        return headers;
    }

    /** The same as they were before they were encoded. */
    public List<MirroredValue> values(JsonNode arguments) {
        var values = new ArrayList<MirroredValue>();
        for (var mirror : mirrors) {
            var value = arguments;
            for (var step : mirror.path()) {
                value = value.path(step);
            }
            boolean number = value.isNumber();
            text(value).ifPresent(text -> values.add(new MirroredValue(mirror.header(), text, number)));
        }
        return values;
    }

    /** What has no value, or none that may be mirrored, has no header. */
    private static Optional<String> text(JsonNode value) {
        if (value.isTextual() || value.isBoolean()) {
            return Optional.of(value.asText());
        }
        return value.isNumber() && value.decimalValue().abs().compareTo(SAFE) <= 0
                ? Optional.of(plain(value.decimalValue()))
                : Optional.empty();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Only a chain of {@code properties} leads to a parameter; an annotation in any other place is against the rules. */
    private static final class Scan {
        private final List<Mirror> mirrors = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private boolean valid = true;

        void reachable(JsonNode schema, List<String> path) {
            if (schema.has(ANNOTATION)) {
                annotated(schema, path);
            }
            schema.properties().forEach(entry -> {
                if (entry.getKey().equals(PROPERTIES) && entry.getValue() instanceof ObjectNode properties) {
                    properties
                            .properties()
                            .forEach(property -> reachable(property.getValue(), append(path, property.getKey())));
                } else if (!entry.getKey().equals(ANNOTATION)) {
                    unreachable(entry.getKey(), entry.getValue());
                }
            });
        }

        private void annotated(JsonNode schema, List<String> path) {
            var name = schema.path(ANNOTATION).asText("");
            boolean fine = !path.isEmpty()
                    && schema.path(ANNOTATION).isTextual()
                    && TOKEN.matcher(name).matches()
                    && TYPES.contains(schema.path("type").asText())
                    && names.add(name.toLowerCase(Locale.ROOT))
                    && mirrors.size() < MOST;
            if (fine) {
                mirrors.add(new Mirror(path, PREFIX + name));
            } else {
                valid = false;
            }
        }

        /** Values that are data, not schemas, may hold the word. */
        private void unreachable(String keyword, JsonNode node) {
            if (Set.of("default", "const", "enum", "examples").contains(keyword)) {
                return;
            }
            if (node.isObject() && node.has(ANNOTATION)) {
                valid = false;
            }
            if (node.isObject()) {
                node.properties().forEach(entry -> unreachable(entry.getKey(), entry.getValue()));
            } else {
                node.forEach(child -> unreachable("", child));
            }
        }

        private static List<String> append(List<String> path, String step) {
            var longer = new ArrayList<>(path);
            longer.add(step);
            return List.copyOf(longer);
        }
    }
}
