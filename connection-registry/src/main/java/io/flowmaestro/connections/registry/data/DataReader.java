package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.http.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the data of a connection. The method chooses the one reader; nothing is guessed from the fields. */
public final class DataReader {

    private static final int MAX_CHARACTERS = 128 * 1024;
    /** RFC 3339 has no later one: its years have four digits. */
    private static final long END_OF_YEAR_9999 = 253_402_300_799_999L;

    private static final Set<String> ENDPOINT = Set.of("host", "port", "database", "ssl");

    private DataReader() {}

    /**
     * Validates and normalises.
     *
     * @param extra fields that the provider declares beside the standard ones
     * @return empty if there are violations, all of which are collected
     */
    public static Optional<ConnectionData> read(
            ConnectionMethod method, @Nullable JsonNode data, List<Field> extra, List<Violation> violations) {
        int before = violations.size();
        ObjectNode whole = data instanceof ObjectNode given ? given.deepCopy() : JsonNodeFactory.instance.objectNode();
        Fields fields = new Fields(data, "data", violations);
        Read read = readAs(method, fields, whole);
        ExtraFields.read(fields, extra);
        ShownConfig.refusePartial(fields, whole);
        fields.refuseOthers();
        Secret plaintext = new Secret(whole.toString());
        if (plaintext.reveal().length() > MAX_CHARACTERS) {
            violations.add(new Violation("data", "must be at most %d characters of JSON".formatted(MAX_CHARACTERS)));
        }
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(read.build(plaintext, config(whole, read.shown(), extra)));
    }

    /** How a method's data ends up: the names of its public fields, and the type. */
    private record Read(Set<String> shown, Build type) {
        ConnectionData build(Secret plaintext, ObjectNode config) {
            return type.of(plaintext, config);
        }
    }

    private interface Build {
        ConnectionData of(Secret plaintext, ObjectNode config);
    }

    private static Read readAs(ConnectionMethod method, Fields fields, ObjectNode whole) {
        return switch (method) {
            case API_KEY -> apiKey(fields);
            case OAUTH2 -> oauth2(fields, whole);
            case BASIC_AUTH -> basicAuth(fields);
            case CUSTOM -> custom(fields);
            case MCP -> mcp(fields, whole);
        };
    }

    private static Read apiKey(Fields fields) {
        fields.required("api_key", TextRule.SECRET);
        fields.optional("api_secret", TextRule.SECRET_TEXT);
        fields.optional("base_url", UrlRule.HTTP);
        return new Read(Set.of("base_url"), ConnectionData.ApiKey::new);
    }

    private static Read oauth2(Fields fields, ObjectNode whole) {
        fields.required("access_token", TextRule.SECRET);
        boolean refreshable = fields.optional("refresh_token", TextRule.SECRET) != null;
        if (fields.optional("token_type", TextRule.text(64)) == null) {
            whole.put("token_type", "Bearer");
        }
        Long expiresAt = fields.optionalInteger("expires_at", 0, END_OF_YEAR_9999);
        ScopeField.read(fields, whole);
        Instant expiry = expiresAt == null ? null : Instant.ofEpochMilli(expiresAt);
        return new Read(
                Set.of("scope"),
                (plaintext, config) -> new ConnectionData.OAuth2(plaintext, config, expiry, refreshable));
    }

    private static Read basicAuth(Fields fields) {
        fields.required("username", TextRule.SECRET);
        fields.required("password", TextRule.SECRET);
        fields.optional("host", TextRule.HOST_RULE);
        fields.optionalInteger("port", 1, 65_535);
        fields.optional("database", TextRule.text(255));
        fields.optionalBoolean("ssl");
        // Not the user name: at some providers it is the key.
        return new Read(ENDPOINT, ConnectionData.BasicAuth::new);
    }

    private static Read custom(Fields fields) {
        HeaderFields.read(fields, "headers", true);
        return new Read(Set.of(), ConnectionData.Custom::new);
    }

    private static Read mcp(Fields fields, ObjectNode whole) {
        String serverUrl = McpFields.read(fields, whole);
        String shown = ShownUrl.of(serverUrl);
        return new Read(
                McpFields.SHOWN,
                (plaintext, config) -> new ConnectionData.Mcp(plaintext, config.put("server_url", shown), shown));
    }

    private static ObjectNode config(ObjectNode whole, Set<String> shown, List<Field> extra) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        whole.properties().stream()
                .filter(entry -> shown.contains(entry.getKey()) || isPublic(entry.getKey(), extra))
                .forEach(entry -> config.set(entry.getKey(), entry.getValue()));
        return ShownConfig.of(config);
    }

    private static boolean isPublic(String name, List<Field> extra) {
        return !STANDARD_SECRETS.contains(name)
                && extra.stream().anyMatch(field -> field.name().equals(name) && !field.secret());
    }

    /** A provider file that declares one of these as public does not make it so. */
    private static final Set<String> STANDARD_SECRETS = Set.of(
            "api_key",
            "api_secret",
            "access_token",
            "refresh_token",
            "username",
            "password",
            "bearer_token",
            "headers");

    /** The fields that a provider declares for a method. */
    private static final class ExtraFields {
        static void read(Fields fields, List<Field> extra) {
            for (Field field : extra) {
                TextRule rule = rule(field);
                if (field.required() && field.defaultValue() == null) {
                    fields.required(field.name(), rule);
                } else {
                    fields.optional(field.name(), rule);
                }
            }
        }

        private static TextRule rule(Field field) {
            if (!field.values().isEmpty()) {
                return TextRule.oneOf(field.values().toArray(String[]::new));
            }
            if (field.pattern() == null) {
                return field.secret() ? TextRule.SECRET : TextRule.text(2048);
            }
            Pattern pattern = Pattern.compile(field.pattern());
            return new TextRule(
                    2048,
                    false,
                    text -> pattern.matcher(text).matches(),
                    "does not have the form that the provider asks for");
        }
    }

    /** Scopes: a list, empty by default. */
    private static final class ScopeField {
        private static final TextRule SCOPE = TextRule.text(512);

        static void read(Fields fields, ObjectNode whole) {
            JsonNode scope = fields.node("scope");
            if (scope == null) {
                whole.putArray("scope");
            } else if (!scope.isArray() || scope.size() > 200) {
                fields.refuse("scope", "must be an array of at most 200 strings");
            } else if (!isScopes(scope)) {
                fields.refuse("scope", "must hold non-empty strings only");
            }
        }

        private static boolean isScopes(JsonNode scopes) {
            for (JsonNode scope : scopes) {
                if (!scope.isTextual() || SCOPE.refuse(scope.textValue()).isPresent()) {
                    return false;
                }
            }
            return true;
        }
    }
}
