package io.flowmaestro.connections.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics that rules and dashboards read, by deploy/observability/metrics.txt, and those that a suite exposes. */
final class ReadMetrics {
    private static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");

    private ReadMetrics() {}

    /** What is there once a service has had work, and yet is not exposed by the suite at this front door: service and metric. */
    static List<String> missing(int frontDoor) throws IOException, InterruptedException {
        Map<String, Set<String>> exposed = exposed(frontDoor);
        try (Stream<String> lines = Files.lines(Repository.FOLDER.resolve("deploy/observability/metrics.txt"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .filter(words -> words.length == 2)
                    .flatMap(words -> services(words[1])
                            .filter(service -> !exposed.get(service).contains(words[0]))
                            .map(service -> service + " " + words[0]))
                    .toList();
        }
    }

    private static Stream<String> services(String named) {
        return named.equals("every") ? SERVICES.stream() : Stream.of(named.split(","));
    }

    private static Map<String, Set<String>> exposed(int frontDoor) throws IOException, InterruptedException {
        Map<String, Set<String>> exposed = new HashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String service : SERVICES) {
                int port = frontDoor + 1 + SERVICES.indexOf(service);
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"));
                exposed.put(
                        service,
                        client.send(request.build(), BodyHandlers.ofLines())
                                .body()
                                .filter(line -> !line.startsWith("#"))
                                .map(line -> line.replaceFirst("[{ ].*", ""))
                                .collect(Collectors.toSet()));
            }
        }
        return exposed;
    }
}
