package io.flowmaestro.connections.kubernetes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Every path of every OpenAPI document leads where the front door of one machine leads it, but for workers' credentials. */
final class Routing implements Check {
    private static final List<String> OTHERS = List.of(
            "/",
            "/connect",
            "/connections/1",
            "/ui/config.json",
            "/api",
            "/api/unknown",
            "/q",
            "/q/metrics",
            "/q/health/ready",
            "/internal",
            "/mcp",
            "/mcpx",
            "/qx");

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return tables(rendering).flatMap(Routing::complaints);
    }

    static Stream<FrontDoor> tables(Rendering rendering) {
        Map<String, Optional<String>> ingresses = new HashMap<>();
        rendering
                .ofKind("Ingress")
                .forEach(ingress -> ingresses.putAll(FrontDoor.of(
                        ingress,
                        ingress.text("metadata", "annotations", "nginx.ingress.kubernetes.io/denylist-source-range")
                                .equals("0.0.0.0/0,::/0"))));
        return Stream.concat(
                rendering.ofKind("HTTPRoute").map(FrontDoor::of),
                ingresses.isEmpty() ? Stream.empty() : Stream.of(new FrontDoor(ingresses)));
    }

    private static Stream<String> complaints(FrontDoor table) {
        FrontDoor expected = FrontDoor.ofOneMachine();
        return Stream.concat(documented(), OTHERS.stream())
                .filter(path -> !(path.startsWith("/api/credentials")
                        && table.service(path).isEmpty()))
                .filter(path -> !table.service(path).equals(expected.service(path)))
                .map(path -> path + " leads to " + table.service(path) + " instead of " + expected.service(path));
    }

    /** Paths of the OpenAPI documents; a variable part may be anything. */
    static Stream<String> documented() {
        return ServiceSources.SERVICES.stream().flatMap(service -> {
            Map<String, Map<String, Object>> document =
                    new Yaml().load(Repository.text(service + "/src/main/openapi/openapi.yaml"));
            return document.get("paths").keySet().stream().map(path -> path.replaceAll("\\{[^}]*\\}", "x"));
        });
    }
}
