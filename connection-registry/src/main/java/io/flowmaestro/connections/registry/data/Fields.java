package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object field by field, collects everything that is wrong, and at the end refuses what nobody read. */
public final class Fields {

    private final ObjectNode object;
    private final String path;
    private final List<Violation> violations;
    private final Set<String> known = new HashSet<>();

    /**
     * Starts reading.
     *
     * @param node of any type; one that is no object is a violation
     * @param path in front of field names, empty for the body itself
     */
    public Fields(@Nullable JsonNode node, String path, List<Violation> violations) {
        this.path = path;
        this.violations = violations;
        if (node instanceof ObjectNode given) {
            this.object = given;
        } else {
            this.object = JsonNodeFactory.instance.objectNode();
            violations.add(new Violation(path.isEmpty() ? "body" : path, "must be a JSON object"));
        }
    }

    public boolean has(String name) {
        return object.has(name);
    }

    /** The field as it is, for a reader of its own; null when it is absent. */
    public @Nullable JsonNode node(String name) {
        known.add(name);
        return object.get(name);
    }

    /** Fields that may be there, whatever they hold. */
    public void passOver(Set<String> names) {
        known.addAll(names);
    }

    /** A text that must be there; empty after a violation, so that reading can go on. */
    public String required(String name, TextRule rule) {
        if (!object.has(name)) {
            known.add(name);
            refuse(name, "is required");
            return "";
        }
        String text = optional(name, rule);
        return text == null ? "" : text;
    }

    public @Nullable String optional(String name, TextRule rule) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            refuse(name, "must be a string");
            return null;
        }
        rule.refuse(value.textValue()).ifPresent(message -> refuse(name, message));
        return value.textValue();
    }

    public @Nullable Long optionalInteger(String name, long min, long max) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            refuse(name, "must be a whole number from %d to %d".formatted(min, max));
            return null;
        }
        return value.longValue();
    }

    public void optionalBoolean(String name) {
        JsonNode value = node(name);
        if (value != null && !value.isBoolean()) {
            refuse(name, "must be true or false");
        }
    }

    public void refuse(String name, String message) {
        violations.add(new Violation(path.isEmpty() ? name : path + "." + name, message));
    }

    /** Ends the reading: a field that was not asked for is refused, never dropped. */
    public void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse(printable(name), "is not a known field; remove it");
            }
        });
    }

    private static String printable(String name) {
        String cut = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
