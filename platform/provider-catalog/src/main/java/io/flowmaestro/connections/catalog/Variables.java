package io.flowmaestro.connections.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The names that may stand in braces in a method's templates, and whether the values of each are bounded. */
final class Variables {

    private final Map<String, Boolean> boundedByName = new HashMap<>();

    /** Values that come from the provider or from this suite. */
    Variables trusted(Collection<String> names) {
        names.forEach(name -> boundedByName.put(name, true));
        return this;
    }

    Variables unbounded(Collection<String> names) {
        names.forEach(name -> boundedByName.putIfAbsent(name, false));
        return this;
    }

    Variables config(Map<String, ConfigVariable> config) {
        config.forEach((name, variable) -> boundedByName.put(
                name,
                variable != null
                        && (variable.pattern() != null || !variable.values().isEmpty())));
        return this;
    }

    Variables fields(Collection<Field> fields) {
        fields.forEach(field -> boundedByName.putIfAbsent(
                String.valueOf(field.name()),
                field.pattern() != null || !field.values().isEmpty()));
        return this;
    }

    boolean knows(String name) {
        return boundedByName.containsKey(name);
    }

    boolean bounds(String name) {
        return boundedByName.getOrDefault(name, false);
    }
}
