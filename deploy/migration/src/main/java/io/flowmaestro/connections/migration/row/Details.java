package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.migration.source.Field;
import io.flowmaestro.connections.migration.source.SourceRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a row tells beside its secret: tools, capabilities, metadata, and an integration's settings. */
final class Details {
    private final SourceRow row;
    private final Entry entry;

    Details(SourceRow row, Entry entry) {
        this.row = row;
        this.entry = entry;
    }

    void add() {
        row.value(Field.MCP_SERVER_URL)
                .filter(url -> !entry.body().has("mcp_server_url"))
                .ifPresent(_ -> entry.note("left out the mcp_server_url of another method"));
        known(Field.MCP_TOOLS, "mcp_tools", JsonNode::isArray);
        known(Field.CAPABILITIES, "capabilities", JsonNode::isObject);
        ObjectNode metadata = metadata();
        settings(metadata);
        if (!metadata.isEmpty()) {
            entry.set("metadata", metadata);
        }
    }

    /** Of the form that the registry has, or not at all. */
    private void known(Field field, String name, Predicate<JsonNode> form) {
        Optional<JsonNode> json = json(field);
        json.filter(form).ifPresent(value -> entry.set(name, value));
        if (row.value(field).isPresent() && !nothing(json) && json.filter(form).isEmpty()) {
            entry.note("left out " + name + " of an unknown form");
        }
    }

    /** Anything but an object is kept under a name of its own. */
    private ObjectNode metadata() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        Optional<JsonNode> json = json(Field.METADATA);
        if (json.isPresent() && json.get() instanceof ObjectNode object) {
            metadata.setAll(object);
        } else if (row.value(Field.METADATA).isPresent() && !nothing(json)) {
            entry.note("normalised metadata that is no object to its field imported");
            metadata.set(
                    "imported",
                    json.orElseGet(() -> JsonNodeFactory.instance.textNode(
                            row.value(Field.METADATA).orElse(""))));
        }
        return metadata;
    }

    private void settings(ObjectNode metadata) {
        json(Field.CONFIG).filter(config -> !config.isEmpty()).ifPresent(config -> {
            List<String> removed = OpenSecrets.removedFrom(config);
            if (!removed.isEmpty()) {
                entry.note("left out of config what is named like a secret: " + String.join(", ", removed));
            }
            metadata.set("integration_config", config);
        });
    }

    private Optional<JsonNode> json(Field field) {
        return row.value(field).flatMap(Json::parsed);
    }

    private static boolean nothing(Optional<JsonNode> json) {
        return json.filter(JsonNode::isNull).isPresent();
    }
}
