package io.flowmaestro.connections.local.isolation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes the smallest body that a schema allows, so that a request gets as far as the look-up. */
final class Bodies {
    /** Marks the schema of a body that may be left out: it is sent without any field that is not known. */
    static final String MAY_BE_EMPTY = "x-may-be-empty";

    private static final String WORD = "isolation";
    /** By pattern: one text that matches it, where the word does not. */
    private static final Map<String, String> MATCHING = Map.of("^[0-9a-fA-F]{64}$", "0".repeat(64));

    private final ApiDocument document;

    Bodies(ApiDocument document) {
        this.document = document;
    }

    /**
     * What the schema asks for, and nothing more than one field where it asks for none.
     *
     * @param known values by the name of the field, which come before anything that is made up here
     */
    Object minimal(String name, JsonObject reference, Map<String, Object> known) {
        if (known.containsKey(name)) {
            return known.get(name);
        }
        var schema = document.resolved(reference);
        for (var composed : new String[] {"allOf", "oneOf", "anyOf"}) {
            if (schema.containsKey(composed)) {
                return minimal(name, schema.getJsonArray(composed).getJsonObject(0), known);
            }
        }
        if (schema.getValue("example") instanceof JsonObject example) {
            return example;
        }
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").getValue(0);
        }
        return switch (schema.getString("type", "object")) {
            case "object" -> object(schema, known);
            case "array" -> new JsonArray().add(minimal("", schema.getJsonObject("items"), known));
            case "integer", "number" -> Math.max(1, schema.getInteger("minimum", 1));
            case "boolean" -> true;
            default -> text(name, schema);
        };
    }

    private JsonObject object(JsonObject schema, Map<String, Object> known) {
        var properties = schema.getJsonObject("properties", new JsonObject());
        Set<String> sent = new TreeSet<>();
        schema.getJsonArray("required", new JsonArray()).forEach(required -> sent.add(required.toString()));
        if (sent.isEmpty() && !schema.containsKey(MAY_BE_EMPTY)) {
            properties.fieldNames().stream().findFirst().ifPresent(sent::add);
        }
        properties.fieldNames().stream().filter(known::containsKey).forEach(sent::add);
        var object = new JsonObject();
        sent.forEach(
                field -> object.put(field, minimal(field, properties.getJsonObject(field, new JsonObject()), known)));
        return object;
    }

    private static String text(String name, JsonObject schema) {
        var pattern = schema.getString("pattern");
        if (pattern != null && !Pattern.matches(pattern, WORD)) {
            if (!MATCHING.containsKey(pattern)) {
                throw new Unclassified("Bodies has no text for the field \"" + name + "\", whose pattern is " + pattern
                        + ". Add one.");
            }
            return MATCHING.get(pattern);
        }
        return switch (schema.getString("format", "")) {
            case "uuid" -> UUID.randomUUID().toString();
            case "date-time" -> Instant.now().toString();
            case "uri" -> "https://example.com/" + WORD;
            case "email" -> WORD + "@example.com";
            case "byte" -> "AAAA";
            default -> WORD;
        };
    }

    /** The names of all fields that a body may have, at any depth. */
    Set<String> fields(JsonObject reference) {
        var found = new TreeSet<String>();
        collect(reference, found, new HashSet<>());
        return found;
    }

    private void collect(JsonObject reference, Set<String> found, Set<Object> seen) {
        var schema = document.resolved(reference);
        if (!seen.add(schema.getMap())) {
            return;
        }
        for (var composed : new String[] {"allOf", "oneOf", "anyOf"}) {
            ApiDocument.objects(schema.getJsonArray(composed, new JsonArray()))
                    .forEach(part -> collect(part, found, seen));
        }
        if (schema.containsKey("items")) {
            collect(schema.getJsonObject("items"), found, seen);
        }
        var properties = schema.getJsonObject("properties", new JsonObject());
        properties.fieldNames().forEach(field -> {
            found.add(field);
            collect(properties.getJsonObject(field), found, seen);
        });
    }
}
