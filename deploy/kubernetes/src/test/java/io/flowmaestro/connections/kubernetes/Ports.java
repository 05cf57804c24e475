package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every port that something refers to is one that a container has and its service listens at. */
final class Ports implements Check {
    @Override
    public Stream<String> complaints(Rendering rendering) {
        return Stream.of(
                        rendering.ofKind("Service").flatMap(service -> ofService(rendering, service)),
                        rendering.services().flatMap(Ports::listening),
                        rendering.ofKind("Ingress").flatMap(ingress -> ofIngress(rendering, ingress)),
                        rendering.ofKind("HTTPRoute").flatMap(route -> ofRoute(rendering, route)),
                        rendering.ofKind("PodMonitor").flatMap(monitor -> ofMonitor(rendering, monitor)),
                        peers(rendering))
                .flatMap(complaints -> complaints);
    }

    /** The number of a port that is named or numbered in a container of the workload. */
    static Optional<String> number(Manifest workload, String port) {
        return workload.containers()
                .flatMap(container -> container.list("ports").stream())
                .filter(known -> known.text("name").equals(port)
                        || known.text("containerPort").equals(port))
                .map(known -> known.text("containerPort"))
                .findFirst();
    }

    private static Stream<String> ofService(Rendering rendering, Manifest service) {
        return service.list("spec", "ports").stream()
                .filter(port -> rendering
                        .workloads()
                        .filter(workload -> Selectors.matches(
                                Manifest.strings(service.map("spec", "selector")),
                                workload.podTemplate().labels()))
                        .noneMatch(workload ->
                                number(workload, port.text("targetPort")).isPresent()))
                .map(port -> service.title() + " leads to port " + port.text("targetPort") + ", which no pod has");
    }

    /** QUARKUS_HTTP_PORT is the container's port, and it does not listen on the loopback interface alone. */
    private static Stream<String> listening(Manifest workload) {
        Map<String, String> environment = Environment.plain(workload);
        return number(workload, "http").equals(Optional.ofNullable(environment.get("QUARKUS_HTTP_PORT")))
                        && "0.0.0.0".equals(environment.get("QUARKUS_HTTP_HOST"))
                ? Stream.empty()
                : Stream.of(workload.title() + " does not listen at its port");
    }

    private static Stream<String> ofIngress(Rendering rendering, Manifest ingress) {
        return ingress.list("spec", "rules").stream()
                .flatMap(rule -> rule.list("http", "paths").stream())
                .map(path -> path.at("backend", "service"))
                .flatMap(backend -> backend(rendering, ingress, backend.text("name"), backend.text("port", "name")));
    }

    private static Stream<String> ofRoute(Rendering rendering, Manifest route) {
        return route.list("spec", "rules").stream()
                .flatMap(rule -> rule.list("backendRefs").stream())
                .flatMap(backend -> backend(rendering, route, backend.text("name"), backend.text("port")));
    }

    private static Stream<String> backend(Rendering rendering, Manifest from, String service, String port) {
        return rendering
                        .ofKind("Service")
                        .filter(known -> known.name().equals(service))
                        .flatMap(known -> known.list("spec", "ports").stream())
                        .anyMatch(known ->
                                List.of(known.text("name"), known.text("port")).contains(port))
                ? Stream.empty()
                : Stream.of(from.title() + " leads to " + service + ":" + port + ", which is not there");
    }

    private static Stream<String> ofMonitor(Rendering rendering, Manifest monitor) {
        return monitor.list("spec", "podMetricsEndpoints").stream()
                .filter(endpoint -> !rendering
                                .services()
                                .allMatch(workload ->
                                        number(workload, endpoint.text("port")).isPresent())
                        || !endpoint.text("path").equals(ServicePaths.METRICS.path()))
                .map(endpoint -> monitor.title() + " asks " + endpoint.text("port") + endpoint.text("path"));
    }

    /** The address of a peer is that of a Service. */
    private static Stream<String> peers(Rendering rendering) {
        return rendering
                .services()
                .flatMap(workload -> Environment.plain(workload).entrySet().stream()
                        .filter(variable ->
                                variable.getKey().matches("CONNECTIONS_(REGISTRY|VAULT|BROKER|GATEWAY)_URL"))
                        .flatMap(variable -> {
                            var address = java.net.URI.create(variable.getValue());
                            return backend(rendering, workload, address.getHost(), Integer.toString(address.getPort()));
                        }));
    }
}
