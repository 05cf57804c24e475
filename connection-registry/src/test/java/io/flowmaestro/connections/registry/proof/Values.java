package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.testing.Peers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes values after schemas, and now and then one that does not fit.
 *
 * @param wildness how likely each value is not what the schema asks for
 */
record Values(OpenApiDocument document, Known known, RandomGenerator random, double wildness) {

    private static final Map<String, String> DATA = Map.of(
            "api_key", "ApiKeyData",
            "oauth2", "OAuth2Data",
            "basic_auth", "BasicAuthData",
            "custom", "CustomData",
            "mcp", "McpData");
    /** Of a provider's definition, whose rules no schema of ours tells. */
    private static final String METHODS =
            "{\"oauth2\":{\"authorize\":\"https://fuzzed.example/a\",\"token\":\"https://fuzzed.example/t\"}}";

    private static final List<String> PROVIDERS =
            List.of("fuzzed", "fuzzed", "openai", "github", "postgresql", "no-such-provider");

    private boolean chance(double of) {
        return random.nextDouble() < of;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** JSON text of a value for the field. */
    String json(String field, JsonNode unresolved) {
        JsonNode schema = document.resolve(unresolved);
        if (chance(wildness)) {
            return Oddities.json(random);
        }
        if (schema.path("nullable").asBoolean() && chance(0.2)) {
            return "null";
        }
        if (field.equals("methods") && chance(0.8)) {
            return METHODS;
        }
        if (schema.has("allOf")) {
            return json(field, schema.get("allOf").get(0));
        }
        if (schema.has("oneOf")) {
            return json(
                    field,
                    schema.get("oneOf").get(random.nextInt(schema.get("oneOf").size())));
        }
        return switch (schema.path("type").asText(schema.has("properties") ? "object" : "")) {
            case "object" -> object(schema);
            case "array" -> array(field, schema);
            case "integer", "number", "boolean" -> text(field, schema);
            case "string" -> JsonText.quote(text(field, schema), random);
            default -> chance(0.5) ? "{\"iv\":\"00\",\"data\":\"00\",\"authTag\":\"00\"}" : "\"AAAA\"";
        };
    }

    private String object(JsonNode schema) {
        Map<String, String> fields = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(property -> {
            if (chance(isRequired(schema, property.getKey()) ? 1 - wildness / 2 : 0.5)) {
                fields.put(property.getKey(), json(property.getKey(), property.getValue()));
            }
        });
        if (!schema.has("properties")) {
            additional(schema, fields);
        }
        String method = fields.getOrDefault("connection_method", "").replace("\"", "");
        if (fields.containsKey("data") && DATA.containsKey(method) && chance(0.9)) {
            fields.put("data", json("data", document.schema(DATA.get(method))));
        }
        if (chance(wildness / 2)) {
            fields.put(Oddities.text(random), Oddities.json(random));
        }
        return fields.entrySet().stream()
                .map(field -> JsonText.quote(field.getKey(), random) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean isRequired(JsonNode schema, String field) {
        for (JsonNode required : schema.path("required")) {
            if (required.textValue().equals(field)) {
                return true;
            }
        }
        return false;
    }

    private void additional(JsonNode schema, Map<String, String> fields) {
        JsonNode each = schema.path("additionalProperties");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String name =
                    any(List.of("api_key", "X-Key", "email", "account", "config", "base_url", "ciphertext", "k" + i));
            fields.put(name, each.isObject() ? json(name, each) : chance(0.7) ? "\"value\"" : Oddities.json(random));
        }
    }

    private String array(String field, JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(5);
        int size = chance(wildness) ? any(List.of(0, most, most + 1)) : least + random.nextInt(Math.min(most, 3));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(json(field, schema.get("items")));
        }
        return "[" + String.join(",", items) + "]";
    }

    /** The value as text, as queries and paths carry it. */
    String text(String field, JsonNode unresolved) {
        JsonNode schema = document.resolve(unresolved);
        if (chance(wildness)) {
            return Oddities.text(random);
        }
        if (schema.has("enum")) {
            return schema.get("enum")
                    .get(random.nextInt(schema.get("enum").size()))
                    .asText();
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "integer" -> integer(schema);
            case "number" -> Oddities.number(random);
            default -> string(field, schema);
        };
    }

    private String integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(5);
        return chance(wildness)
                ? any(List.of(Long.toString(least - 1), Long.toString(most + 1), Oddities.number(random)))
                : Long.toString(random.nextLong(least, most + 1));
    }

    private String string(String field, JsonNode schema) {
        return switch (schema.path("format").asText(field)) {
            case "uuid" -> id(field);
            case "date-time" -> moment();
            case "uri", "url" -> Peers.url() + "/" + any(List.of("hook/a", "mcp", "", "?x=1#y"));
            case "cursor" -> cursor();
            case "events" -> "connection." + any(List.of("created", "updated", "deleted", "expired", "tested"));
            default ->
                schema.has("pattern") || field.equals("provider") || field.equals("key")
                        ? any(PROVIDERS)
                        : plain(schema.path("maxLength").asInt(60));
        };
    }

    private String plain(int most) {
        return chance(wildness)
                ? "n".repeat(any(List.of(0, 1, most, most + 1)))
                : any(List.of("Work", "n" + random.nextInt(50), "\u00c4pfel", "b c", "\ud83d\ude00"));
    }

    /** Mostly one that the user was told. */
    String id(String kind) {
        String told = kind.endsWith("_id") || kind.equals("connection_ids") ? "id" : kind;
        return chance(0.85) ? known.any(told, random).orElseGet(this::newId) : newId();
    }

    private String newId() {
        return new UUID(
                        random.nextLong() & ~0xf000L | 0x4000L,
                        random.nextLong() & Long.MAX_VALUE >> 1 | Long.MIN_VALUE)
                .toString();
    }

    private String moment() {
        return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(150_000_000), random.nextInt(1_000_000_000))
                .toString();
    }

    /** Mostly one of a real page; half of these with a character changed. */
    private String cursor() {
        var cursor = new StringBuilder(known.any("cursor", random).orElse("AgAA"));
        if (random.nextBoolean()) {
            cursor.setCharAt(random.nextInt(cursor.length()), any(List.of('A', 'z', '_', '-', '=', '.', '7')));
        }
        return chance(0.1) ? cursor.substring(0, random.nextInt(cursor.length() + 1)) : cursor.toString();
    }
}
