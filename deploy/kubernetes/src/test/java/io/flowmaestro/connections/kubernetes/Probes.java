package io.flowmaestro.connections.kubernetes;

import java.util.Map;
import java.util.stream.Stream;

/** Each service is asked at the paths that it answers, and has the time to end that it takes. */
final class Probes implements Check {
    private static final Map<String, ServicePaths> PROBES = Map.of(
            "startupProbe", ServicePaths.STARTED,
            "livenessProbe", ServicePaths.LIVE,
            "readinessProbe", ServicePaths.READY);

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return rendering.services().flatMap(workload -> Stream.concat(asked(workload), ending(workload)));
    }

    private static Stream<String> asked(Manifest workload) {
        return workload.containers()
                .flatMap(container -> PROBES.entrySet().stream()
                        .filter(probe -> !container
                                        .text(probe.getKey(), "httpGet", "path")
                                        .equals(probe.getValue().of(workload.service()))
                                || Ports.number(workload, container.text(probe.getKey(), "httpGet", "port"))
                                        .isEmpty())
                        .map(probe -> workload.title() + ": " + probe.getKey() + " does not ask "
                                + probe.getValue().of(workload.service())));
    }

    private static Stream<String> ending(Manifest workload) {
        int grace = seconds(workload.podTemplate().text("spec", "terminationGracePeriodSeconds"));
        var environment = Environment.plain(workload);
        int stopping = seconds(environment.getOrDefault("CONNECTIONS_SHUTDOWN_DELAY", ""))
                + seconds(environment.getOrDefault("QUARKUS_SHUTDOWN_TIMEOUT", ""));
        // What a service finishes after its last request: the broker waits for its providers up to 25 s, others for 10
        // s.
        int finishing = workload.service().equals("oauth-broker") ? 25 : 10;
        Stream<String> hasTime = grace >= stopping + finishing
                ? Stream.empty()
                : Stream.of(workload.title() + " has " + grace + " s to end, and takes " + (stopping + finishing));
        return environment.containsKey("CONNECTIONS_SHUTDOWN_DELAY")
                ? hasTime
                : Stream.of(workload.title() + " is gone before whoever routes to it can know");
    }

    private static int seconds(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text.replace("s", ""));
    }
}
