package io.flowmaestro.connections.kubernetes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The prefixes of a routing table, each with the service that it leads to, or nothing. */
record FrontDoor(Map<String, Optional<String>> prefixes) {
    private static final Pattern TO =
            Pattern.compile("isUnderAny\\(path, ([^)]*)\\)\\) \\{\\s*return new Route\\.To\\((\\w+)\\)");
    private static final Pattern REFUSED = Pattern.compile("REFUSED = List\\.of\\(([^)]*)\\)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");
    private static final Map<String, String> SERVICES =
            Map.of("registry", "connection-registry", "broker", "oauth-broker", "gateway", "mcp-gateway");

    /** That of one machine, whose source says what it is. */
    static FrontDoor ofOneMachine() {
        String source =
                Repository.text("deploy/local/src/main/java/io/flowmaestro/connections/local/frontdoor/Routes.java");
        Map<String, Optional<String>> prefixes = new LinkedHashMap<>();
        TO.matcher(source)
                .results()
                .forEach(rule -> TEXT.matcher(rule.group(1))
                        .results()
                        .forEach(prefix -> prefixes.put(prefix.group(1), Optional.of(SERVICES.get(rule.group(2))))));
        REFUSED.matcher(source)
                .results()
                .forEach(rule -> TEXT.matcher(rule.group(1))
                        .results()
                        .forEach(prefix -> prefixes.put(prefix.group(1), Optional.empty())));
        prefixes.put("/", Optional.of("connection-registry"));
        if (prefixes.size() < 10) {
            throw new IllegalStateException("The front door's table is written otherwise now: " + prefixes);
        }
        return new FrontDoor(prefixes);
    }

    static FrontDoor of(Manifest route) {
        return new FrontDoor(route.list("spec", "rules").stream()
                .collect(Collectors.toMap(
                        rule -> rule.list("matches").getFirst().text("path", "value"),
                        rule -> rule.list("backendRefs").stream()
                                .map(backend -> service(backend.text("name")))
                                .findFirst())));
    }

    /** @param refused whether nobody is let through */
    static Map<String, Optional<String>> of(Manifest ingress, boolean refused) {
        return ingress.list("spec", "rules").stream()
                .flatMap(rule -> rule.list("http", "paths").stream())
                .collect(Collectors.toMap(
                        path -> path.text("path"),
                        path -> refused
                                ? Optional.empty()
                                : Optional.of(service(path.text("backend", "service", "name")))));
    }

    /** The longest prefix decides, by whole segments. */
    Optional<String> service(Object path) {
        return prefixes.keySet().stream()
                .filter(prefix -> prefix.equals("/")
                        || path.equals(prefix)
                        || path.toString().startsWith(prefix + "/"))
                .max(Comparator.comparingInt(String::length))
                .flatMap(prefixes::get);
    }

    private static String service(String name) {
        return ServiceSources.SERVICES.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElse(name);
    }
}
