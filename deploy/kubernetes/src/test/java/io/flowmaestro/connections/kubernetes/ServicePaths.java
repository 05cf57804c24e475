package io.flowmaestro.connections.kubernetes;

import java.util.List;

/** Paths that a service answers for the cluster, as its settings give them. */
enum ServicePaths {
    STARTED("quarkus.smallrye-health.root-path", "quarkus.smallrye-health.startup-path"),
    LIVE("quarkus.smallrye-health.root-path", "quarkus.smallrye-health.liveness-path"),
    READY("quarkus.smallrye-health.root-path", "quarkus.smallrye-health.readiness-path"),
    METRICS("quarkus.micrometer.export.prometheus.path");

    private static final String ROOT = "quarkus.http.non-application-root-path";

    private final List<String> keys;

    ServicePaths(String... keys) {
        this.keys = List.of(keys);
    }

    /** Of every service: they have it from the libraries that all share. */
    String path() {
        return of(ServiceSources.SERVICES.getFirst());
    }

    String of(String service) {
        var settings = new ServiceSources(service).settings();
        var path = new StringBuilder("/" + settings.getProperty(ROOT, QuarkusSettings.standard(ROOT)));
        for (String key : keys) {
            path.append('/').append(settings.getProperty(key, QuarkusSettings.standard(key)));
        }
        return path.toString();
    }
}
