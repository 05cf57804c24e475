package io.flowmaestro.connections.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A schema in words: its type, and its bounds. */
final class SchemaText {

    private static final List<String> BOUNDS =
            List.of("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties", "pattern");

    private SchemaText() {}

    static String of(Object schema) {
        String reference = ApiDocument.reference(schema);
        if (!reference.isEmpty()) {
            return "[" + reference + "](#" + Markdown.anchor(reference) + ")";
        }
        Map<String, Object> object = ApiDocument.object(schema);
        if (object.containsKey("enum")) {
            return ApiDocument.list(object.get("enum")).stream()
                    .map(value -> Markdown.code(String.valueOf(value)))
                    .collect(Collectors.joining(", "));
        }
        for (String combined : List.of("oneOf", "anyOf", "allOf")) {
            if (object.containsKey(combined)) {
                String word = combined.equals("allOf") ? " and " : " or ";
                return ApiDocument.list(object.get(combined)).stream()
                        .map(SchemaText::of)
                        .collect(Collectors.joining(word));
            }
        }
        return plain(object);
    }

    private static String plain(Map<String, Object> object) {
        String type = ApiDocument.text(object, "type");
        String format = ApiDocument.text(object, "format");
        return switch (type) {
            case "array" -> "array of " + of(ApiDocument.object(object.get("items")));
            case "object" -> members(object);
            case "" -> "anything";
            default -> type + (format.isEmpty() ? "" : " (" + format + ")");
        };
    }

    /** Of an object that is described in place: the names of its members. */
    private static String members(Map<String, Object> object) {
        Map<String, Object> properties = ApiDocument.object(object.get("properties"));
        if (!properties.isEmpty()) {
            return properties.entrySet().stream()
                    .map(member -> Markdown.code(member.getKey()) + ": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        Object values = object.get("additionalProperties");
        return values instanceof Map<?, ?> ? "object of " + of(values) : "object";
    }

    /** Description, default and bounds. */
    static String remarks(Object schema) {
        Map<String, Object> object = ApiDocument.object(schema);
        List<String> remarks = new ArrayList<>();
        String description = ApiDocument.text(object, "description");
        if (!description.isEmpty()) {
            remarks.add(description.endsWith(".") ? description : description + ".");
        }
        if (object.containsKey("default")) {
            remarks.add("Default " + Markdown.code(String.valueOf(object.get("default"))) + ".");
        }
        if (Boolean.TRUE.equals(object.get("nullable"))) {
            remarks.add("May be null.");
        }
        for (String bound : BOUNDS) {
            if (object.containsKey(bound)) {
                remarks.add(bound + " " + Markdown.code(String.valueOf(object.get(bound))) + ".");
            }
        }
        return Markdown.cell(String.join(" ", remarks).replace("\\|", "|"));
    }
}
