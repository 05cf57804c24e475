package io.flowmaestro.connections.observability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The labels that each way of scraping gives to every series, with all values that they have. */
final class Scrapes {
    private static final String KUSTOMIZE = "deploy/kubernetes/kustomize/";
    private static final String OF_A_POD = "__meta_kubernetes_pod_label_";

    private Scrapes() {}

    /** Of the suite on one machine. */
    static Map<String, Set<String>> byPrometheusItself() {
        Map<String, List<Map<String, Object>>> prometheus =
                Files.yaml(Files.FOLDER.resolve("prometheus/prometheus.yaml"));
        List<Map<String, Object>> jobs = prometheus.get("scrape_configs");
        return Map.of(
                "job",
                jobs.stream().map(job -> String.valueOf(job.get("job_name"))).collect(Collectors.toSet()),
                "service",
                jobs.stream()
                        .flatMap(job -> maps(job.get("static_configs")))
                        .map(target -> String.valueOf(map(target.get("labels")).get("service")))
                        .collect(Collectors.toSet()));
    }

    /** In a cluster: what the operator sets, and then what the PodMonitor makes of it. */
    static Map<String, Set<String>> byThePodMonitor() {
        Map<String, Object> monitor =
                Files.yaml(Files.ROOT.resolve(KUSTOMIZE + "components/pod-monitor/pod-monitor.yaml"));
        Map<String, Set<String>> labels = new HashMap<>();
        labels.put("job", Set.of("<namespace>/" + map(monitor.get("metadata")).get("name")));
        maps(map(monitor.get("spec")).get("podMetricsEndpoints"))
                .flatMap(endpoint -> maps(endpoint.get("relabelings")))
                .forEach(rule -> labels.put(String.valueOf(rule.get("targetLabel")), values(rule)));
        return labels;
    }

    private static Set<String> values(Map<String, Object> rule) {
        if (rule.get("sourceLabels") instanceof List<?> sources) {
            return podLabels(String.valueOf(sources.getFirst()));
        }
        return Set.of(String.valueOf(rule.get("replacement")));
    }

    /** What the pods of the four services have under the label that Prometheus gives such a name. */
    private static Set<String> podLabels(String source) {
        return StreamSupport.stream(
                        new Yaml()
                                .loadAll(Files.text(Files.ROOT.resolve(KUSTOMIZE + "base/connections.yaml")))
                                .spliterator(),
                        false)
                .map(Scrapes::map)
                .filter(object -> "Deployment".equals(object.get("kind")))
                .map(deployment ->
                        map(map(map(deployment.get("spec")).get("template")).get("metadata")))
                .flatMap(pod -> map(pod.get("labels")).entrySet().stream())
                .filter(label -> source.equals(OF_A_POD + label.getKey().replaceAll("[^a-zA-Z0-9_]", "_")))
                .map(label -> String.valueOf(label.getValue()))
                .collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Stream<Map<String, Object>> maps(Object value) {
        return value instanceof List<?> list ? list.stream().map(Scrapes::map) : Stream.empty();
    }
}
