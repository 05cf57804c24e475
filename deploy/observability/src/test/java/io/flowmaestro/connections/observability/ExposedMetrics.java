package io.flowmaestro.connections.observability;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** metrics.txt: what the services expose of that which rules and dashboards read. */
final class ExposedMetrics {
    private ExposedMetrics() {}

    /**
     * @param service or {@code every}
     * @param meter of a counter that its first event makes, as the code names it; empty for what is there from the start
     */
    record Exposed(String name, String service, String meter) {
        List<String> services() {
            return service.equals("every")
                    ? List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway")
                    : Arrays.asList(service.split(","));
        }
    }

    static Stream<Exposed> all() {
        return Files.text(Files.FOLDER.resolve("metrics.txt"))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+"))
                .map(words -> new Exposed(words[0], words[1], words.length > 2 ? words[2] : ""));
    }
}
