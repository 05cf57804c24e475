package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.registry.connection.Connection;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.data.ShownConfig;
import io.flowmaestro.connections.registry.data.TextRule;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one connection.
 *
 * @param config what of the data is no secret
 */
record TemplateItem(String name, ConnectionMethod connectionMethod, String provider, ObjectNode config) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The public part of a connection. The query of an address stays behind: keys are put there, too. What else may be one has
     * {@code ***} in its place, and the address is refused until the whole of it comes with the values.
     */
    static TemplateItem of(Connection connection) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        if (parse(connection.metadata()).get("config") instanceof ObjectNode shown) {
            config.setAll(shown);
        }
        for (String address : new String[] {"base_url", "server_url"}) {
            if (config.path(address).isTextual()) {
                config.put(address, config.path(address).textValue().replaceFirst("\\?.*$", ""));
            }
        }
        return new TemplateItem(
                connection.name(), connection.connectionMethod(), connection.provider(), ShownConfig.of(config));
    }

    /** Reads an item; what is wrong goes to the fields' violations. Null when there is no telling what it is. */
    static @Nullable TemplateItem read(Fields fields) {
        String name = fields.required("name", TextRule.NAME);
        String methodName = fields.required("connection_method", TextRule.text(50));
        ConnectionMethod method = ConnectionMethod.find(methodName).orElse(null);
        if (method == null && !methodName.isEmpty()) {
            fields.refuse("connection_method", "must be one of: " + ConnectionMethod.ALLOWED);
        }
        String provider = fields.required("provider", TextRule.SLUG_RULE);
        JsonNode config = fields.node("config");
        if (config != null && !config.isObject()) {
            fields.refuse("config", "must be a JSON object");
        }
        fields.refuseOthers();
        return method == null
                ? null
                : new TemplateItem(
                        name,
                        method,
                        provider,
                        config instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode());
    }

    /** The body that makes a connection of it, with what the template leaves out. */
    ObjectNode body(@Nullable JsonNode values) {
        ObjectNode data = config.deepCopy();
        if (values instanceof ObjectNode given) {
            data.setAll(given);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("connection_method", connectionMethod.wire())
                .put("provider", provider)
                .set("data", data);
    }

    private static JsonNode parse(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored metadata is no JSON", impossible);
        }
    }
}
