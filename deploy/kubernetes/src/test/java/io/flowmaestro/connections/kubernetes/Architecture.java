package io.flowmaestro.connections.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who calls whom, read from the table in docs/architecture.md. */
final class Architecture {
    private static final Map<String, String> SHORT = Map.of(
            "connection-registry", "registry",
            "credential-vault", "vault",
            "oauth-broker", "broker",
            "mcp-gateway", "gateway");
    private static final Pattern OUTSIDE = Pattern.compile("providers|MCP servers|webhook receivers");

    private Architecture() {}

    /** Services that {@code caller} calls. */
    static List<String> calls(String caller) {
        String row = row(caller);
        return ServiceSources.SERVICES.stream()
                .filter(called -> !called.equals(caller))
                .filter(called -> Pattern.compile("(^|[ ,;])([a-z]+-)?" + SHORT.get(called) + "\\b")
                        .matcher(row)
                        .find())
                .toList();
    }

    /** Whether replicas of a service call each other. */
    static boolean callsItsReplicas(String service) {
        return row(service).contains(" its own replicas");
    }

    static boolean reachesTheInternet(String service) {
        return OUTSIDE.matcher(row(service)).find();
    }

    /** What is in brackets says why, and may name others. */
    private static String row(String service) {
        return Repository.text("docs/architecture.md")
                .lines()
                .filter(line -> line.startsWith("| `" + service + "` |"))
                .map(line -> Arrays.stream(line.split("\\|")).skip(3).collect(Collectors.joining()))
                .map(calls -> calls.replaceAll("\\([^)]*\\)", ""))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("docs/architecture.md does not say what " + service + " calls"));
    }
}
