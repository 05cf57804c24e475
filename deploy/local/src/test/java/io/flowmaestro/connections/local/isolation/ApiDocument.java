package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document that a service owns. */
final class ApiDocument {
    static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final Service service;
    private final JsonObject root;

    private ApiDocument(Service service, JsonObject root) {
        this.service = service;
        this.root = root;
    }

    static ApiDocument of(Service service) throws IOException {
        var file = Repository.FOLDER.resolve(service.serviceName()).resolve("src/main/openapi/openapi.yaml");
        try (Reader reader = Files.newBufferedReader(file)) {
            return new ApiDocument(
                    service,
                    new JsonObject(
                            new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(reader)));
        }
    }

    /** Every operation, and once more for each switch among its query parameters, turned on. */
    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        var paths = root.getJsonObject("paths");
        for (var path : paths.fieldNames()) {
            var item = paths.getJsonObject(path);
            item.fieldNames().stream()
                    .filter(VERBS::contains)
                    .forEach(verb -> operations.addAll(operations(path, item, verb)));
        }
        return operations;
    }

    private List<Operation> operations(String path, JsonObject item, String verb) {
        var described = item.getJsonObject(verb);
        var parameters = Stream.of(item, described)
                .flatMap(level -> objects(level.getJsonArray("parameters", new JsonArray())))
                .map(this::resolved)
                .filter(parameter -> parameter.getString("in").equals("query"))
                .toList();
        var switches = parameters.stream()
                .filter(parameter -> "boolean".equals(schema(parameter).getString("type")))
                .map(parameter -> parameter.getString("name") + "=true");
        return Stream.concat(Stream.of(""), switches)
                .map(variant -> operation(path, verb, described, parameters, variant))
                .toList();
    }

    private Operation operation(
            String path, String verb, JsonObject described, List<JsonObject> parameters, String variant) {
        var query = new LinkedHashMap<String, JsonObject>();
        parameters.stream()
                .filter(parameter -> parameter.getBoolean("required", false) || Kind.isId(parameter.getString("name")))
                .forEach(parameter -> query.put(parameter.getString("name"), schema(parameter)));
        var roles = new TreeSet<String>();
        described.getJsonArray("x-roles", new JsonArray()).forEach(role -> roles.add(role.toString()));
        var id = described.getString("operationId");
        return new Operation(
                service, id, verb.toUpperCase(Locale.ROOT), path, roles, query, body(id, described), variant);
    }

    private Optional<JsonObject> body(String id, JsonObject described) {
        if (!described.containsKey("requestBody")) {
            return Optional.empty();
        }
        var body = resolved(described.getJsonObject("requestBody"));
        var json = body.getJsonObject("content").getJsonObject("application/json");
        if (json == null) {
            throw new Unclassified(service.serviceName() + " " + id + " takes a body that is no JSON."
                    + " Teach ApiDocument and Bodies to make one.");
        }
        var schema = schema(json);
        return Optional.of(
                body.getBoolean("required", false) ? schema : schema.copy().put(Bodies.MAY_BE_EMPTY, true));
    }

    /** Whether a POST to the path makes something, and says which. */
    boolean makes(String path) {
        var item = root.getJsonObject("paths").getJsonObject(path);
        return item != null
                && item.containsKey("post")
                && item.getJsonObject("post").getJsonObject("responses").containsKey("201");
    }

    JsonObject schema(JsonObject owner) {
        return resolved(owner.getJsonObject("schema", new JsonObject()));
    }

    /** What a reference leads to, or the object itself. */
    JsonObject resolved(JsonObject object) {
        var reference = object.getString("$ref");
        if (reference == null) {
            return object;
        }
        var target = root;
        for (var step : reference.substring("#/".length()).split("/")) {
            target = target.getJsonObject(step);
        }
        return resolved(target);
    }

    static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(element -> element instanceof Map<?, ?> map ? object(map) : (JsonObject) element);
    }

    @SuppressWarnings("unchecked") // YAML that JSON can hold
    private static JsonObject object(Map<?, ?> map) {
        return new JsonObject((Map<String, Object>) map);
    }
}
