package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A gateway's address for the other gateways is its own pod's, at the port where it listens, as it speaks. With TLS it knows the name
 * of its own Service, too, for no certificate is of a pod's address, and whom to trust.
 */
final class Replicas implements Check {
    private static final String ADDRESS = "CONNECTIONS_MCP_REPLICA_URL";
    private static final String SERVICE = "CONNECTIONS_GATEWAY_URL";
    private static final String POD = "POD_IP";

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return rendering
                .services()
                .filter(Replicas::knowsItsAddress)
                .flatMap(workload -> Stream.of(
                                unless(
                                        Architecture.callsItsReplicas(workload.service()),
                                        "is not said to call its replicas on the architecture page"),
                                unless(isOfThePod(workload), "has an address for its replicas that is not the pod's"),
                                unless(isComplete(workload), "has an address for its replicas that is not complete"),
                                unless(
                                        !speaksTls(workload) || knowsItsName(workload),
                                        "does not know of what name the certificates of its replicas are"),
                                unless(
                                        !speaksTls(workload) || Wire.trustsItsPeers(workload),
                                        "does not know whom to trust among its replicas"))
                        .flatMap(complaint -> complaint)
                        .map(what -> workload.title() + " " + what));
    }

    static boolean knowsItsAddress(Manifest workload) {
        return Environment.plain(workload).containsKey(ADDRESS);
    }

    private static boolean speaksTls(Manifest workload) {
        return Environment.plain(workload).containsKey("QUARKUS_HTTP_SSL_PORT");
    }

    /** The name of the Service in front of it, which bears the name of the workload. */
    private static boolean knowsItsName(Manifest workload) {
        Map<String, String> environment = Environment.plain(workload);
        return ("https://" + workload.name() + ":" + environment.get("QUARKUS_HTTP_PORT"))
                .equals(environment.get(SERVICE));
    }

    /** Only what was named before is put into a value. */
    private static boolean isOfThePod(Manifest workload) {
        List<Manifest> variables = workload.containers()
                .flatMap(container -> container.list("env").stream())
                .toList();
        return place(variables, POD) < place(variables, ADDRESS)
                && variables.stream()
                        .filter(variable -> variable.text("name").equals(POD))
                        .anyMatch(variable -> variable.text("valueFrom", "fieldRef", "fieldPath")
                                .equals("status.podIP"));
    }

    private static int place(List<Manifest> variables, String name) {
        return IntStream.range(0, variables.size())
                .filter(place -> variables.get(place).text("name").equals(name))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private static boolean isComplete(Manifest workload) {
        Map<String, String> environment = Environment.plain(workload);
        String port = environment.get("QUARKUS_HTTP_PORT");
        String scheme = speaksTls(workload) ? "https" : "http";
        return List.of(scheme + "://$(" + POD + "):" + port, scheme + "://[$(" + POD + ")]:" + port)
                .contains(environment.get(ADDRESS));
    }

    private static Stream<String> unless(boolean good, String complaint) {
        return good ? Stream.empty() : Stream.of(complaint);
    }
}
