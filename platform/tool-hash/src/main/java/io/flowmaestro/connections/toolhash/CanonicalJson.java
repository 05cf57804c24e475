package io.flowmaestro.connections.toolhash;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.TreeMap;

/** One spelling for each JSON value: RFC 8785 in all but numbers, which keep every digit and lose only how they were written. */
final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    static String write(JsonNode value) {
        var canonical = new CanonicalJson();
        canonical.add(value);
        return canonical.out.toString();
    }

    private void add(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case STRING -> text(value.textValue());
            case NUMBER -> number(value.decimalValue());
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL, MISSING, BINARY, POJO -> out.append("null");
        }
    }

    private void object(JsonNode object) {
        // Strings compare by their UTF-16 units (RFC 8785, section 3.2.3).
        var sorted = new TreeMap<String, JsonNode>();
        object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        var separator = "{";
        for (var member : sorted.entrySet()) {
            out.append(separator);
            text(member.getKey());
            out.append(':');
            add(member.getValue());
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode array) {
        var separator = "[";
        for (var item : array) {
            out.append(separator);
            add(item);
            separator = ",";
        }
        out.append(array.isEmpty() ? "[]" : "]");
    }

    /** All digits but trailing zeros, then the power of ten unless it is the zeroth: {@code 1e2}, {@code 15e-1}, {@code 7}. */
    private void number(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        out.append(stripped.unscaledValue());
        if (stripped.signum() != 0 && stripped.scale() != 0) {
            out.append('e').append(-(long) stripped.scale());
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> other(character);
        }
    }

    private void other(char character) {
        if (character < ' ') {
            out.append("\\u%04x".formatted((int) character));
        } else {
            out.append(character);
        }
    }
}
