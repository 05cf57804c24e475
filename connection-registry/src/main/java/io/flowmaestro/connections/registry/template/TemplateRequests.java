package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.data.Uuids;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads request bodies about templates, and refuses them with everything that is wrong at once. */
final class TemplateRequests {

    static final int MOST_ITEMS = 50;

    private TemplateRequests() {}

    /** Connections whose configurations become a template. */
    record Save(String name, List<UUID> connections) {}

    /**
     * Connections to make of a template.
     *
     * @param values for each item what the template leaves out, secrets above all
     */
    record Import(List<TemplateItem> items, List<@Nullable JsonNode> values, boolean preview) {
        @Override
        public String toString() {
            return "Import[%d items]".formatted(items.size());
        }
    }

    static Save save(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        String name = fields.required("name", TextRule.NAME);
        Set<UUID> connections = new LinkedHashSet<>();
        if (fields.node("connection_ids") instanceof ArrayNode ids && !ids.isEmpty() && ids.size() <= MOST_ITEMS) {
            ids.forEach(id -> {
                Uuids.find(id.textValue())
                        .ifPresentOrElse(
                                connections::add,
                                () -> fields.refuse("connection_ids", "must hold ids of connections only"));
            });
        } else {
            fields.refuse("connection_ids", "must be a list of 1 to %d ids".formatted(MOST_ITEMS));
        }
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Save(name, List.copyOf(connections));
    }

    static Import read(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        List<TemplateItem> items = items(fields, violations);
        fields.optionalBoolean("preview");
        boolean preview =
                fields.node("preview") != null && fields.node("preview").asBoolean();
        List<@Nullable JsonNode> values = values(fields, items.size());
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Import(items, values, preview);
    }

    /** An exported template whole, of which only the items count. */
    private static List<TemplateItem> items(Fields fields, List<Violation> violations) {
        List<TemplateItem> items = new ArrayList<>();
        JsonNode template = fields.node("template");
        if (template == null
                || !(template.get("items") instanceof ArrayNode given)
                || given.isEmpty()
                || given.size() > MOST_ITEMS) {
            fields.refuse("template", "must be a template with 1 to %d items".formatted(MOST_ITEMS));
            return items;
        }
        for (int i = 0; i < given.size(); i++) {
            TemplateItem item =
                    TemplateItem.read(new Fields(given.get(i), "template.items[%d]".formatted(i), violations));
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private static List<@Nullable JsonNode> values(Fields fields, int items) {
        List<@Nullable JsonNode> values = new ArrayList<>();
        JsonNode given = fields.node("values");
        if (given != null && !(given.isArray() && given.size() <= items)) {
            fields.refuse("values", "must be a list with an object for each item of the template");
        }
        for (int i = 0; i < items; i++) {
            JsonNode value = given == null ? null : given.get(i);
            if (value != null && !value.isObject() && !value.isNull()) {
                fields.refuse("values[%d]".formatted(i), "must be an object, or null");
            }
            values.add(value);
        }
        return values;
    }
}
