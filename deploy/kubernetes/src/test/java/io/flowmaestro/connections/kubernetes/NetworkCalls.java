package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The policies allow the calls of the architecture page and no others, and the internet is what the egress guard says. Replicas may call
 * each other where they are told how.
 */
final class NetworkCalls implements Check {
    private static final List<String> EVERYWHERE = List.of("0.0.0.0/0", "2000::/3");

    @Override
    public Stream<String> complaints(Rendering rendering) {
        var traffic = new Traffic(rendering);
        return Stream.of(
                        traffic.open(),
                        rendering
                                .workloads()
                                .filter(workload -> !traffic.isolates(workload))
                                .map(workload -> workload.title() + " is isolated by no policy"),
                        rendering
                                .services()
                                .flatMap(caller ->
                                        rendering.services().flatMap(called -> call(traffic, caller, called))),
                        rendering.services().flatMap(caller -> peers(caller)),
                        rendering.workloads().flatMap(workload -> internet(traffic, workload)))
                .flatMap(complaints -> complaints);
    }

    private static Stream<String> call(Traffic traffic, Manifest caller, Manifest called) {
        boolean wanted = caller.service().equals(called.service())
                ? Architecture.callsItsReplicas(caller.service()) && Replicas.knowsItsAddress(caller)
                : Architecture.calls(caller.service()).contains(called.service());
        boolean allowed = traffic.allows(caller, called);
        return wanted == allowed
                ? Stream.empty()
                : Stream.of(caller.service() + (wanted ? " cannot call " : " may call ") + called.service());
    }

    /** A service knows the addresses of those that it calls, and of no others; its own is the name of its replicas' certificates. */
    private static Stream<String> peers(Manifest caller) {
        Map<String, String> environment = Environment.plain(caller);
        return ServiceSources.SERVICES.stream()
                .filter(peer -> !peer.equals(caller.service()) || !Replicas.knowsItsAddress(caller))
                .filter(peer -> environment.values().stream()
                                .anyMatch(value -> value.matches("https?://[a-z-]*" + peer + ":8080"))
                        != Architecture.calls(caller.service()).contains(peer))
                .map(peer ->
                        caller.service() + " and the address of " + peer + " are not as the architecture page says");
    }

    private static Stream<String> internet(Traffic traffic, Manifest workload) {
        boolean wanted = !workload.kind().equals("Job") && Architecture.reachesTheInternet(workload.service());
        List<Manifest> networks = traffic.networks(workload, 443)
                .filter(network -> EVERYWHERE.contains(network.text("cidr")))
                .toList();
        if (!wanted) {
            return networks.isEmpty() ? Stream.empty() : Stream.of(workload.title() + " may call the internet");
        }
        return networks.size() == 2
                        && networks.getFirst().texts("except").equals(EgressLists.specialIpv4())
                        && networks.getLast().texts("except").equals(EgressLists.specialIpv6())
                ? Stream.empty()
                : Stream.of(workload.title() + " may call another internet than the egress guard lets it: " + networks);
    }
}
