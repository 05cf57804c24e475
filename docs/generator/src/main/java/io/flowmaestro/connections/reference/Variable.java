package io.flowmaestro.connections.reference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An environment variable that properties files or defaults name.
 *
 * @param services that read it
 * @param uses the properties that it sets
 */
record Variable(String name, Set<String> services, List<Placeholder> uses) {

    static List<Variable> of(Sources sources) {
        Map<String, Variable> variables = new TreeMap<>();
        sources.properties()
                .forEach((module, properties) -> properties.stream()
                        .filter(property -> !property.ofProfile())
                        .flatMap(property ->
                                Placeholder.in(property.name(), property.value(), property.comment()).stream())
                        .forEach(use -> add(variables, use, sources.modules().servicesOf(module))));
        sources.mappings()
                .forEach(mapping -> mapping.settings().stream()
                        .flatMap(setting -> Placeholder.in(setting.name(), setting.fallback(), "").stream())
                        .forEach(use -> add(variables, use, sources.modules().servicesOf(mapping.module()))));
        return List.copyOf(variables.values());
    }

    private static void add(Map<String, Variable> variables, Placeholder use, Set<String> services) {
        Variable variable = variables.computeIfAbsent(
                use.variable(), name -> new Variable(name, new LinkedHashSet<>(), new ArrayList<>()));
        variable.services().addAll(services);
        variable.uses().add(use);
    }

    boolean required() {
        return uses.stream().anyMatch(Placeholder::required);
    }

    /** Empty for one that has to be set, and for one that one of its uses takes as unset. */
    String fallback() {
        boolean unset = uses.stream().anyMatch(use -> use.fallback().isEmpty());
        return unset ? "" : uses.getFirst().fallback();
    }
}
