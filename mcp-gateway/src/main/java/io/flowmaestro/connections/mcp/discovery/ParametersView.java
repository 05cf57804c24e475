package io.flowmaestro.connections.mcp.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** A tool's input schema as a flat list for forms: {@code [{name, type, required, description?}]}. */
final class ParametersView {

    private static final String ANY = "any";

    private ParametersView() {}

    /** A copy of the definition with the view added. */
    static ObjectNode addTo(ObjectNode tool) {
        var copy = tool.deepCopy();
        copy.set("parameters", of(tool.path("inputSchema")));
        return copy;
    }

    private static ArrayNode of(JsonNode schema) {
        var required = required(schema);
        var parameters = JsonNodeFactory.instance.arrayNode();
        schema.path("properties").properties().forEach(property -> {
            var definition = property.getValue();
            var parameter = parameters
                    .addObject()
                    .put("name", property.getKey())
                    .put("type", type(definition))
                    .put("required", required.contains(property.getKey()));
            if (definition.path("description").isTextual()) {
                parameter.set("description", definition.get("description"));
            }
        });
        return parameters;
    }

    private static Set<String> required(JsonNode schema) {
        var names = new HashSet<String>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The one type other than null, if there is just one; {@code any} for unions, references and no type at all. */
    private static String type(JsonNode definition) {
        var type = definition.path("type");
        if (type.isTextual()) {
            return type.textValue();
        }
        var types = new HashSet<String>();
        type.forEach(each -> types.add(each.asText()));
        types.remove("null");
        return types.size() == 1 ? types.iterator().next() : ANY;
    }
}
