package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** docs/api/&lt;service&gt;.md. */
final class ApiPage {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final ApiDocument document;
    private final StringBuilder page = new StringBuilder(Reference.NOTICE);

    private ApiPage(ApiDocument document) {
        this.document = document;
    }

    /** A method of a path. */
    record Operation(String method, String path, Map<String, Object> item, Map<String, Object> content) {

        String heading() {
            return method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        }

        String tag() {
            return ApiDocument.list(content.get("tags")).stream()
                    .map(String::valueOf)
                    .findFirst()
                    .orElse("");
        }
    }

    static String of(Path repository, String service) throws IOException {
        return new ApiPage(ApiDocument.of(repository, service)).written(service);
    }

    static List<Operation> operations(ApiDocument document) {
        List<Operation> operations = new ArrayList<>();
        document.at("paths")
                .forEach((path, item) -> METHODS.stream()
                        .filter(ApiDocument.object(item)::containsKey)
                        .forEach(method -> operations.add(new Operation(
                                method,
                                path,
                                ApiDocument.object(item),
                                ApiDocument.object(ApiDocument.object(item).get(method))))));
        return operations;
    }

    private String written(String service) {
        Map<String, Object> info = document.at("info");
        page.append("# ")
                .append(service)
                .append("\n\n")
                .append(ApiDocument.text(info, "description"))
                .append("\n\n");
        page.append("The contract itself is [openapi.yaml](../../")
                .append(service)
                .append("/src/main/openapi/openapi.yaml).\n");
        List<Operation> operations = operations(document);
        for (Object tag : ApiDocument.list(document.at().get("tags"))) {
            String name = ApiDocument.text(ApiDocument.object(tag), "name");
            page.append("\n## ")
                    .append(name)
                    .append("\n\n")
                    .append(ApiDocument.text(ApiDocument.object(tag), "description"))
                    .append('\n');
            operations.stream()
                    .filter(operation -> operation.tag().equals(name))
                    .forEach(this::operation);
        }
        page.append("\n## Schemas\n");
        document.at("components", "schemas").forEach(this::schema);
        return page.toString();
    }

    private void operation(Operation operation) {
        Map<String, Object> content = operation.content();
        page.append("\n### ").append(operation.heading()).append("\n\n");
        page.append(ApiDocument.text(content, "summary"))
                .append(". ")
                .append(who(content))
                .append('\n');
        String description = ApiDocument.text(content, "description");
        if (!description.isEmpty()) {
            page.append('\n').append(description).append('\n');
        }
        parameters(operation);
        body(document.resolved(content.get("requestBody")));
        answers(ApiDocument.object(content.get("responses")));
    }

    private static String who(Map<String, Object> content) {
        List<?> roles = ApiDocument.list(content.get("x-roles"));
        return roles.isEmpty()
                ? "Anonymous."
                : "For " + roles.stream().map(role -> "`" + role + "`").collect(Collectors.joining(", ")) + ".";
    }

    private void parameters(Operation operation) {
        List<Object> parameters =
                new ArrayList<>(ApiDocument.list(operation.item().get("parameters")));
        parameters.addAll(ApiDocument.list(operation.content().get("parameters")));
        if (parameters.isEmpty()) {
            return;
        }
        page.append('\n').append(Markdown.row("parameter", "in", "type", ""));
        page.append("|---|---|---|---|\n");
        for (Object reference : parameters) {
            Map<String, Object> parameter = document.resolved(reference);
            Object schema = parameter.getOrDefault("schema", Map.of());
            String name = Markdown.code(ApiDocument.text(parameter, "name"));
            page.append(Markdown.row(
                    Boolean.TRUE.equals(parameter.get("required")) ? "**" + name + "**" : name,
                    ApiDocument.text(parameter, "in"),
                    SchemaText.of(schema),
                    Markdown.cell(ApiDocument.text(parameter, "description") + " " + SchemaText.remarks(schema))));
        }
    }

    private void body(Map<String, Object> body) {
        ApiDocument.object(body.get("content"))
                .forEach((type, media) -> page.append("\nBody, ")
                        .append(Markdown.code(type))
                        .append(Boolean.TRUE.equals(body.get("required")) ? "" : " (may be left out)")
                        .append(": ")
                        .append(SchemaText.of(
                                ApiDocument.object(ApiDocument.object(media).get("schema"))))
                        .append('\n'));
    }

    private void answers(Map<String, Object> responses) {
        page.append('\n').append(Markdown.row("answer", "", "body"));
        page.append("|---|---|---|\n");
        responses.forEach((status, reference) -> {
            Map<String, Object> response = document.resolved(reference);
            page.append(
                    Markdown.row(status, Markdown.cell(ApiDocument.text(response, "description")), bodyOf(response)));
        });
    }

    private static String bodyOf(Map<String, Object> response) {
        return ApiDocument.object(response.get("content")).entrySet().stream()
                .map(media -> Optional.of(SchemaText.of(ApiDocument.object(
                                ApiDocument.object(media.getValue()).get("schema"))))
                        .filter(text -> media.getKey().endsWith("json"))
                        .orElse(Markdown.code(media.getKey())))
                .collect(Collectors.joining(" or "));
    }

    private void schema(String name, Object value) {
        Map<String, Object> schema = ApiDocument.object(value);
        page.append("\n### ").append(name).append("\n\n");
        Map<String, Object> properties = ApiDocument.object(schema.get("properties"));
        String remarks = SchemaText.remarks(schema);
        page.append(properties.isEmpty() ? SchemaText.of(schema) + ". " + remarks : remarks)
                .append('\n');
        if (properties.isEmpty()) {
            return;
        }
        List<?> required = ApiDocument.list(schema.get("required"));
        page.append('\n').append(Markdown.row("member", "type", ""));
        page.append("|---|---|---|\n");
        properties.forEach((member, type) -> page.append(Markdown.row(
                required.contains(member) ? "**" + Markdown.code(member) + "**" : Markdown.code(member),
                SchemaText.of(type),
                SchemaText.remarks(type))));
    }
}
