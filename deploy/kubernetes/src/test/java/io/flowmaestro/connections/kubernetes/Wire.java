package io.flowmaestro.connections.kubernetes;

import java.util.Map;
import java.util.stream.Stream;

/** Whoever calls a service speaks as it does: TLS on its one port and nothing else, or plain http where a mesh encrypts. */
final class Wire implements Check {
    private static final String BACKEND = "nginx.ingress.kubernetes.io/backend-protocol";
    private static final String REFUSED = "nginx.ingress.kubernetes.io/denylist-source-range";

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return rendering.services().flatMap(workload -> ofService(rendering, workload));
    }

    /** TLS alone at the port that the container has, with a certificate that is mounted. */
    private static boolean tls(Manifest workload) {
        Map<String, String> environment = Environment.plain(workload);
        return environment.getOrDefault("QUARKUS_HTTP_INSECURE_REQUESTS", "").equals("disabled")
                && environment.get("QUARKUS_HTTP_PORT").equals(environment.get("QUARKUS_HTTP_SSL_PORT"))
                && Stream.of("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES")
                        .allMatch(file -> mounted(workload, environment.getOrDefault(file, "")));
    }

    private static Stream<String> ofService(Rendering rendering, Manifest workload) {
        boolean tls = tls(workload);
        String scheme = tls ? "https" : "http";
        Map<String, String> environment = Environment.plain(workload);
        return Stream.of(
                        unless(
                                workload.containers()
                                        .allMatch(container -> Stream.of(
                                                        "startupProbe", "livenessProbe", "readinessProbe")
                                                .allMatch(probe -> container
                                                        .text(probe, "httpGet", "scheme")
                                                        .equalsIgnoreCase(scheme))),
                                "is probed in another way"),
                        unless(
                                environment.entrySet().stream()
                                        .filter(variable -> variable.getKey().matches("CONNECTIONS_[A-Z]+_URL"))
                                        .filter(variable -> variable.getValue().startsWith("http"))
                                        .allMatch(
                                                variable -> variable.getValue().startsWith(scheme + "://")),
                                "calls its peers in another way"),
                        unless(
                                !tls || Architecture.calls(workload.service()).isEmpty() || trustsItsPeers(workload),
                                "does not know whom to trust"),
                        unless(
                                rendering
                                        .ofKind("Service")
                                        .filter(service -> service.name().equals(workload.name()))
                                        .allMatch(service -> service.list("spec", "ports").stream()
                                                .allMatch(port ->
                                                        port.text("appProtocol").equals(scheme))),
                                "is announced otherwise by its Service"),
                        unless(
                                rendering
                                        .ofKind("PodMonitor")
                                        .flatMap(monitor -> monitor.list("spec", "podMetricsEndpoints").stream())
                                        .allMatch(endpoint ->
                                                endpoint.text("scheme").equals(tls ? "https" : "")),
                                "is scraped in another way"),
                        unless(!tls || routed(rendering, workload), "is routed to in another way"))
                .flatMap(complaint -> complaint)
                .map(what -> workload.title() + " " + what);
    }

    static boolean trustsItsPeers(Manifest workload) {
        Map<String, String> environment = Environment.plain(workload);
        String name = environment.getOrDefault("QUARKUS_REST_CLIENT_TLS_CONFIGURATION_NAME", "");
        return mounted(
                workload,
                environment.getOrDefault(
                        "QUARKUS_TLS__" + name.toUpperCase(java.util.Locale.ROOT) + "__TRUST_STORE_PEM_CERTS", ""));
    }

    /** By the ingress that lets somebody through, and by a policy for each service that the route leads to. */
    private static boolean routed(Rendering rendering, Manifest workload) {
        boolean ingress = rendering
                .ofKind("Ingress")
                .filter(object -> !object.has("metadata", "annotations", REFUSED))
                .allMatch(object ->
                        object.text("metadata", "annotations", BACKEND).equals("HTTPS"));
        boolean led = rendering
                .ofKind("HTTPRoute")
                .flatMap(route -> route.list("spec", "rules").stream())
                .flatMap(rule -> rule.list("backendRefs").stream())
                .anyMatch(backend -> backend.text("name").equals(workload.name()));
        return ingress
                && (!led
                        || rendering
                                .ofKind("BackendTLSPolicy")
                                .anyMatch(policy -> policy.text("spec", "validation", "hostname")
                                                .equals(workload.name())
                                        && policy.list("spec", "targetRefs").stream()
                                                .anyMatch(target ->
                                                        target.text("name").equals(workload.name()))));
    }

    /** A file of a Secret that the pod mounts, with that key. */
    private static boolean mounted(Manifest workload, String file) {
        return workload.containers()
                .flatMap(container -> container.list("volumeMounts").stream())
                .filter(mount -> file.startsWith(mount.text("mountPath") + "/"))
                .anyMatch(mount -> workload.podTemplate().list("spec", "volumes").stream()
                        .filter(volume -> volume.text("name").equals(mount.text("name")))
                        .flatMap(volume -> volume.list("secret", "items").stream())
                        .anyMatch(item -> file.equals(mount.text("mountPath") + "/" + item.text("path"))));
    }

    private static Stream<String> unless(boolean good, String complaint) {
        return good ? Stream.empty() : Stream.of(complaint);
    }
}
