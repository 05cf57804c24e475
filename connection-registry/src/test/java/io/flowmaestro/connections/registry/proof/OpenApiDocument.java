package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The service's own document, and what its references stand for. */
final class OpenApiDocument {

    private static final Path FILE = Path.of("src/main/openapi/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode root;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    static OpenApiDocument read() throws IOException {
        return new OpenApiDocument(new YAMLMapper().readTree(FILE.toFile()));
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.add(
                                operation(path.getKey(), path.getValue(), method.getKey(), method.getValue()))));
        return operations;
    }

    private Operation operation(String path, JsonNode shared, String method, JsonNode own) {
        List<JsonNode> parameters = new ArrayList<>();
        shared.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        own.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        Set<String> roles = new TreeSet<>();
        own.path("x-roles").forEach(role -> roles.add(role.textValue()));
        Set<Integer> statuses = new TreeSet<>();
        own.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        JsonNode body = own.at("/requestBody/content/application~1json/schema");
        return new Operation(
                method.toUpperCase(Locale.ROOT), path, roles, parameters, body.isMissingNode() ? null : body, statuses);
    }

    /** A node, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : resolve(root.at(reference.textValue().substring(1)));
    }

    JsonNode schema(String name) {
        return resolve(root.at("/components/schemas/" + name));
    }
}
