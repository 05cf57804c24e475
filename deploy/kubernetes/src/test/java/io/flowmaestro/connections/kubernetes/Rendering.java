package io.flowmaestro.connections.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** What would be applied. */
record Rendering(String title, List<Manifest> objects) {
    static final String MESH = "tls.enabled=false,database.tls.mode=disable";
    private static final String EXAMPLE = "values/example.yaml";

    /** Everything an operator may apply: the chart with few values and with all, and each overlay. */
    static Stream<Rendering> all() {
        return Stream.of(
                chart(),
                chart("-f", "values/everything.yaml"),
                chart("--set", MESH),
                chart("--set", "mcp.replicas=ipv6"),
                chart("--set", "mcp.replicas=none"),
                chart("--set", MESH + ",mcp.replicas=ipv6"),
                chart("--set", MESH + ",mcp.replicas=none"),
                kustomization("dev"),
                kustomization("production"));
    }

    static Rendering chart(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("template", "connections", "chart", "--namespace", "connections", "-f", EXAMPLE));
        arguments.addAll(List.of(more));
        return of("chart " + String.join(" ", more), Tools.helm(arguments.toArray(String[]::new)));
    }

    static Rendering kustomization(String overlay) {
        return of("overlay " + overlay, Tools.kubectl("kustomize", "kustomize/overlays/" + overlay));
    }

    @SuppressWarnings("unchecked")
    static Rendering of(String title, String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var objects = StreamSupport.stream(new Yaml(options).loadAll(text).spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> new Manifest((Map<String, Object>) document))
                .toList();
        return new Rendering(title, objects);
    }

    Stream<Manifest> ofKind(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    Stream<Manifest> workloads() {
        return objects.stream().filter(Manifest::isWorkload);
    }

    /** The four services, without the Job. */
    Stream<Manifest> services() {
        return workloads().filter(workload -> !workload.kind().equals("Job"));
    }

    @Override
    public String toString() {
        return title;
    }
}
