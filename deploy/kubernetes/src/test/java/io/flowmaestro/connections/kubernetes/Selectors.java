package io.flowmaestro.connections.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whatever selects pods selects those of exactly one service, and names of objects are unique and lead to one. */
final class Selectors implements Check {
    @Override
    public Stream<String> complaints(Rendering rendering) {
        return Stream.of(
                        rendering.services().flatMap(workload -> ofWorkload(rendering, workload)),
                        selecting(rendering).flatMap(Stream::of),
                        scaled(rendering),
                        duplicates(rendering))
                .flatMap(complaints -> complaints);
    }

    /** Labels that a selector needs and a pod has. */
    static boolean matches(Map<String, String> selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    private static Stream<String> ofWorkload(Rendering rendering, Manifest workload) {
        List<String> wrong = new ArrayList<>();
        var selector = Manifest.strings(workload.map("spec", "selector", "matchLabels"));
        if (selector.isEmpty() || !matches(selector, workload.podTemplate().labels())) {
            wrong.add("does not select its own pods");
        }
        for (Manifest constraint : workload.podTemplate().list("spec", "topologySpreadConstraints")) {
            if (!matches(
                    Manifest.strings(constraint.map("labelSelector", "matchLabels")),
                    workload.podTemplate().labels())) {
                wrong.add("spreads other pods than its own");
            }
        }
        if (rendering.ofKind("Service").noneMatch(service -> service.name().equals(workload.name()))) {
            wrong.add("has no Service");
        }
        String governing = workload.text("spec", "serviceName");
        if (!governing.isEmpty()
                && rendering
                        .ofKind("Service")
                        .noneMatch(service -> service.name().equals(governing))) {
            wrong.add("names a Service that is not there: " + governing);
        }
        String account = workload.podTemplate().text("spec", "serviceAccountName");
        if (rendering.ofKind("ServiceAccount").noneMatch(known -> known.name().equals(account))) {
            wrong.add("names a ServiceAccount that is not there: " + account);
        }
        return wrong.stream().map(what -> workload.title() + " " + what);
    }

    /** Services and budgets are of one workload, by the name that they share. */
    private static Stream<String> selecting(Rendering rendering) {
        Stream<Map.Entry<Manifest, Map<String, String>>> selectors = Stream.concat(
                rendering
                        .ofKind("Service")
                        .map(service -> Map.entry(service, Manifest.strings(service.map("spec", "selector")))),
                rendering
                        .ofKind("PodDisruptionBudget")
                        .map(budget ->
                                Map.entry(budget, Manifest.strings(budget.map("spec", "selector", "matchLabels")))));
        return selectors.flatMap(entry -> {
            List<String> selected = rendering
                    .workloads()
                    .filter(workload ->
                            matches(entry.getValue(), workload.podTemplate().labels()))
                    .map(Manifest::name)
                    .toList();
            boolean own = selected.size() == 1 && entry.getKey().name().startsWith(selected.getFirst());
            return own ? Stream.empty() : Stream.of(entry.getKey().title() + " selects " + selected);
        });
    }

    private static Stream<String> scaled(Rendering rendering) {
        return rendering
                .ofKind("HorizontalPodAutoscaler")
                .filter(scaler -> rendering
                        .workloads()
                        .noneMatch(workload -> workload.kind().equals(scaler.text("spec", "scaleTargetRef", "kind"))
                                && workload.text("apiVersion")
                                        .equals(scaler.text("spec", "scaleTargetRef", "apiVersion"))
                                && workload.name().equals(scaler.text("spec", "scaleTargetRef", "name"))
                                && !workload.has("spec", "replicas")))
                .map(scaler -> scaler.title() + " scales nothing, or what has a number of replicas of its own");
    }

    private static Stream<String> duplicates(Rendering rendering) {
        List<String> titles = rendering.objects().stream().map(Manifest::title).toList();
        return titles.stream().filter(title -> titles.indexOf(title) != titles.lastIndexOf(title));
    }
}
