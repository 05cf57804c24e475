package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One object, as YAML reads it. */
record Manifest(Map<String, Object> content) {
    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "Job");

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata", "name");
    }

    String title() {
        return kind() + "/" + name();
    }

    boolean isWorkload() {
        return WORKLOADS.contains(kind());
    }

    Manifest podTemplate() {
        return new Manifest(map("spec", "template"));
    }

    /** The service of the suite that this is of. */
    String service() {
        return labels().getOrDefault("app.kubernetes.io/name", "");
    }

    Map<String, String> labels() {
        return strings(map("metadata", "labels"));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String... path) {
        return find(path).map(value -> (Map<String, Object>) value).orElse(Map.of());
    }

    @SuppressWarnings("unchecked")
    List<Manifest> list(String... path) {
        return find(path).map(value -> (List<Object>) value).orElse(List.of()).stream()
                .map(element -> new Manifest((Map<String, Object>) element))
                .toList();
    }

    @SuppressWarnings("unchecked")
    List<String> texts(String... path) {
        return find(path).map(value -> (List<Object>) value).orElse(List.of()).stream()
                .map(String::valueOf)
                .toList();
    }

    Manifest at(String... path) {
        return new Manifest(map(path));
    }

    String text(String... path) {
        return find(path).map(String::valueOf).orElse("");
    }

    boolean has(String... path) {
        return find(path).isPresent();
    }

    Stream<Manifest> containers() {
        return Stream.of("initContainers", "containers").flatMap(key -> podTemplate().list("spec", key).stream());
    }

    static Map<String, String> strings(Map<String, Object> map) {
        return map.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    private Optional<Object> find(String... path) {
        Object value = content;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(value);
    }
}
