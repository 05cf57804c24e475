package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** A service's OpenAPI document, with references that can be followed. */
final class ApiDocument {

    private final Map<String, Object> root;

    private ApiDocument(Map<String, Object> root) {
        this.root = root;
    }

    static ApiDocument of(Path repository, String service) throws IOException {
        String text = Files.readString(repository.resolve(service).resolve("src/main/openapi/openapi.yaml"));
        return new ApiDocument(new Yaml().load(text));
    }

    Map<String, Object> at(String... path) {
        Object value = root;
        for (String name : path) {
            value = object(value).get(name);
        }
        return object(value);
    }

    /** The object itself, or what its {@code $ref} names. */
    Map<String, Object> resolved(@Nullable Object value) {
        Map<String, Object> object = object(value);
        Object reference = object.get("$ref");
        return reference == null ? object : at(reference.toString().substring(2).split("/", -1));
    }

    /** The last part of a {@code $ref}; empty if it is none. */
    static String reference(@Nullable Object value) {
        Object reference = object(value).get("$ref");
        return reference == null ? "" : reference.toString().replaceFirst(".*/", "");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static String text(Map<String, Object> object, String name) {
        Object value = object.get(name);
        return value == null ? "" : value.toString().strip();
    }
}
