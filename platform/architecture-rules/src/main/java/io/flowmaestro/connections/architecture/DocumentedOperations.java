package io.flowmaestro.connections.architecture;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The operations of an OpenAPI document. {@code x-roles} of an operation lists the roles that may call it; one that
 * anybody may call has {@code security: []} and no roles.
 */
final class DocumentedOperations {
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private DocumentedOperations() {}

    /** @throws AssertionError for an operation that does not say who may call it */
    static Set<Operation> in(Path document) throws IOException {
        try (Reader reader = Files.newBufferedReader(document)) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return map(root.get("paths")).entrySet().stream()
                    .flatMap(path -> operations(path.getKey().toString(), map(path.getValue())))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Operation> operations(String path, Map<?, ?> item) {
        return item.entrySet().stream()
                .filter(entry -> VERBS.contains(entry.getKey().toString()))
                .map(entry -> Operation.of(
                        entry.getKey().toString(), path, roles(entry.getKey() + " " + path, map(entry.getValue()))));
    }

    private static List<String> roles(String operation, Map<?, ?> described) {
        boolean anonymous = List.of().equals(described.get("security"));
        if (described.get("x-roles") instanceof List<?> roles && !roles.isEmpty() && !anonymous) {
            return roles.stream().map(Object::toString).toList();
        }
        if (anonymous && !described.containsKey("x-roles")) {
            return List.of();
        }
        throw new AssertionError(operation + " needs either x-roles with at least one role, or security: []");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError("not an OpenAPI document: a mapping is missing or is something else: " + value);
    }
}
