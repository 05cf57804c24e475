package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the network policies of a rendering let through, as a cluster that enforces them decides it. */
record Traffic(Rendering rendering) {

    /** From one pod of the suite to another's http port: leaving and arriving must both be allowed. */
    boolean allows(Manifest from, Manifest to) {
        return egress(from)
                        .filter(rule -> ports(rule, to))
                        .flatMap(rule -> rule.list("to").stream())
                        .anyMatch(peer -> isPod(peer, to))
                && ingress(to)
                        .filter(rule -> ports(rule, to))
                        .flatMap(rule -> rule.list("from").stream())
                        .anyMatch(peer -> isPod(peer, from));
    }

    /** Whether pods outside of the suite that this peer describes may call the service. */
    boolean admits(Manifest to, Manifest stranger) {
        return ingress(to).flatMap(rule -> rule.list("from").stream()).anyMatch(stranger::equals);
    }

    /** Networks that a pod may call at a port, each with what is excepted. */
    Stream<Manifest> networks(Manifest from, int port) {
        return egress(from)
                .filter(rule -> rule.list("ports").stream()
                        .anyMatch(known -> known.text("port").equals("" + port)))
                .flatMap(rule -> rule.list("to").stream())
                .filter(peer -> peer.has("ipBlock"))
                .map(peer -> peer.at("ipBlock"));
    }

    /** Everything that no policy selects may do as it likes. */
    boolean isolates(Manifest workload) {
        return Stream.of("Ingress", "Egress")
                .allMatch(direction -> policies(workload)
                        .anyMatch(policy -> policy.texts("spec", "policyTypes").contains(direction)));
    }

    /** A rule without peers, or without ports, lets everything through. */
    Stream<String> open() {
        return rendering
                .ofKind("NetworkPolicy")
                .flatMap(policy -> Stream.of("to", "from")
                        .flatMap(side -> policy.list("spec", side.equals("to") ? "egress" : "ingress").stream()
                                .filter(rule -> rule.list(side).isEmpty()
                                        || rule.list("ports").isEmpty()
                                        || rule.list(side).stream()
                                                .anyMatch(peer -> peer.content().isEmpty()))
                                .map(rule -> policy.title() + " lets everything through: " + rule.content())));
    }

    private Stream<Manifest> policies(Manifest workload) {
        Predicate<Manifest> selects = policy -> Selectors.matches(
                Manifest.strings(policy.map("spec", "podSelector", "matchLabels")),
                workload.podTemplate().labels());
        return rendering.ofKind("NetworkPolicy").filter(selects);
    }

    private Stream<Manifest> egress(Manifest workload) {
        return policies(workload).flatMap(policy -> policy.list("spec", "egress").stream());
    }

    private Stream<Manifest> ingress(Manifest workload) {
        return policies(workload).flatMap(policy -> policy.list("spec", "ingress").stream());
    }

    private static boolean ports(Manifest rule, Manifest to) {
        return rule.list("ports").stream()
                .anyMatch(port -> Ports.number(to, port.text("port")).isPresent());
    }

    /** Pods of the suite's own namespace only: a peer with a namespace selector describes others. */
    private static boolean isPod(Manifest peer, Manifest workload) {
        Map<String, String> selector = Manifest.strings(peer.map("podSelector", "matchLabels"));
        return List.copyOf(peer.content().keySet()).equals(List.of("podSelector"))
                && Selectors.matches(selector, workload.podTemplate().labels());
    }
}
