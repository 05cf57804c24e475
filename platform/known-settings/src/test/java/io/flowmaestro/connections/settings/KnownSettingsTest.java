package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is bundled, as an operator meets it. */
class KnownSettingsTest {

    private final SettingsCheck check = new SettingsCheck(KnownSettings.bundled());

    @Test
    void knowsWhatALocalSuiteAndTheChartGiveEveryService() {
        assertThat(complaints(Map.ofEntries(
                        Map.entry("CONNECTIONS_ISSUER", "http://127.0.0.1:8085"),
                        Map.entry("CONNECTIONS_SERVICE_SECRET", "x"),
                        Map.entry("CONNECTIONS_PUBLIC_URL", "http://localhost:8080"),
                        Map.entry("CONNECTIONS_REGISTRY_URL", "http://127.0.0.1:8081"),
                        Map.entry("CONNECTIONS_VAULT_URL", "http://127.0.0.1:8082"),
                        Map.entry("CONNECTIONS_BROKER_URL", "http://127.0.0.1:8083"),
                        Map.entry("CONNECTIONS_GATEWAY_URL", "http://127.0.0.1:8084"),
                        Map.entry("CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:8087/connections"),
                        Map.entry("CONNECTIONS_JOBS_DATABASE_USER", "registry_jobs"),
                        Map.entry("CONNECTIONS_MESH", "true"),
                        Map.entry("CONNECTIONS_EGRESS_PORTS", "443"),
                        Map.entry("CONNECTIONS_EGRESS_ALLOW", "10.0.0.0/8"),
                        Map.entry("CONNECTIONS_MCP_REPLICA_URL", "http://10.0.0.7:8080"),
                        Map.entry("CONNECTIONS_OAUTH_BACKGROUND_AT_ONCE", "0"))))
                .isEmpty();
    }

    @Test
    void knowsTheToolsOfAShell() {
        assertThat(complaints(Map.of(
                        "CONNECTIONS_HOME", "/tmp/c",
                        "CONNECTIONS_PORT", "18080",
                        "CONNECTIONS_URL", "http://localhost:8080",
                        "CONNECTIONS_TOKEN", "x")))
                .isEmpty();
    }

    @Test
    void refusesAnyOfThemWithALetterTooMany() {
        KnownSettings.bundled().kinds().keySet().stream()
                .filter(name -> name.startsWith("CONNECTIONS_"))
                .forEach(name -> assertThat(complaints(Map.of(name + "X", "1")))
                        .as(name)
                        .singleElement()
                        .asString()
                        .contains("no setting of Connections"));
    }

    private List<String> complaints(Map<String, String> environment) {
        return check.complaints(environment.entrySet().stream()
                .map(entry -> new Given(entry.getKey(), "environment", entry.getValue()))
                .collect(Collectors.toList()));
    }
}
