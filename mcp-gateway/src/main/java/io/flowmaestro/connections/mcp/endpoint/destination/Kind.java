package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be listed, and which of its fields has to be told apart from another connection's. */
enum Kind {
    TOOL("tools/list", "tools", "name"),
    PROMPT("prompts/list", "prompts", "name"),
    RESOURCE("resources/list", "resources", "uri"),
    TEMPLATE("resources/templates/list", "resourceTemplates", "uriTemplate");

    private final String method;
    private final String list;
    private final String field;

    Kind(String method, String list, String field) {
        this.method = method;
        this.list = list;
        this.field = field;
    }

    static Optional<Kind> listedBy(String method) {
        return Stream.of(values()).filter(kind -> kind.method.equals(method)).findFirst();
    }

    String method() {
        return method;
    }

    /** The member of a result that holds them. */
    String list() {
        return list;
    }

    /** What the server calls it. */
    String own(ObjectNode definition) {
        return definition.path(field).asText();
    }

    ObjectNode published(Named connection, ObjectNode definition) {
        var own = own(definition);
        var copy = definition.deepCopy();
        return copy.put(
                field, field.equals("name") ? PublicNames.name(connection, own) : PublicNames.uri(connection, own));
    }
}
