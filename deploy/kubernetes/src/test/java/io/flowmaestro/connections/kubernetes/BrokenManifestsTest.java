package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check notices what it is for: one line of a good rendering is changed, and it complains. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenManifestsTest {
    private String good;

    @BeforeAll
    void render() {
        good = Tools.helm(
                "template", "connections", "chart", "-f", "values/example.yaml", "-f", "values/everything.yaml");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(new Models(), "revisionHistoryLimit: 3", "revisionHistoryLimits: 3"),
                arguments(new Models(), "podMetricsEndpoints:", "podMetricEndpoints:"),
                arguments(new Models(), "parentRefs:", "parents:"),
                arguments(new Models(), "kind: PodDisruptionBudget", "kind: DisruptionBudget"),
                arguments(
                        new Selectors(),
                        "  selector:\n    app.kubernetes.io/name: mcp-gateway",
                        "  selector:\n    app.kubernetes.io/name: gateway"),
                arguments(
                        new Selectors(),
                        "serviceAccountName: connections-mcp-gateway",
                        "serviceAccountName: connections-gateway"),
                arguments(new Selectors(), "    kind: StatefulSet", "    kind: Deployment"),
                arguments(
                        new Selectors(),
                        "spec:\n  revisionHistoryLimit",
                        "spec:\n  replicas: 2\n  revisionHistoryLimit"),
                arguments(new Ports(), "targetPort: http", "targetPort: web"),
                arguments(new Ports(), "containerPort: 8080", "containerPort: 8081"),
                arguments(new Ports(), "value: 0.0.0.0", "value: 127.0.0.1"),
                arguments(new Ports(), "path: /q/metrics", "path: /metrics"),
                arguments(new Ports(), "https://connections-credential-vault:8080", "https://credential-vault:8080"),
                arguments(new Probes(), "path: /q/health/ready", "path: /q/health"),
                arguments(new Probes(), "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 30"),
                arguments(new PodSecurity(), "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
                arguments(
                        new PodSecurity(), "automountServiceAccountToken: false", "automountServiceAccountToken: true"),
                arguments(new PodSecurity(), "mountPath: /tmp", "mountPath: /temp"),
                arguments(new PodSecurity(), "audience: \"https://openbao.example\", ", ""),
                arguments(new PodSecurity(), "runAsNonRoot: true", "runAsNonRoot: false"),
                arguments(new Environment(), "name: CONNECTIONS_AUDIENCE", "name: CONNECTIONS_AUDIENCES"),
                arguments(new Environment(), "name: CONNECTIONS_JOURNAL_DIR", "name: CONNECTIONS_JOURNAL"),
                arguments(new Environment(), "name: REGISTRY_OWNER_PASSWORD", "name: REGISTRY_PASSWORD"),
                arguments(
                        new Environment(),
                        "name: CONNECTIONS_OAUTH_BACKGROUND_AT_ONCE",
                        "name: CONNECTIONS_OAUTH_AT_ONCE"),
                arguments(
                        new Environment(),
                        "QUARKUS_DATASOURCE_JOBS_REACTIVE_POSTGRESQL_SSL_MODE",
                        "QUARKUS_DATASOURCE_WORK_REACTIVE_POSTGRESQL_SSL_MODE"),
                arguments(new SecretReferences(), "key: service-secret", "key: secret"),
                arguments(new NetworkCalls(), "  policyTypes: [Ingress, Egress]", "  policyTypes: [Ingress]"),
                arguments(new NetworkCalls(), "- 169.254.0.0/16", "- 169.254.0.0/17"),
                arguments(new NetworkCalls(), "cidr: 192.0.2.10/32", "cidr: 0.0.0.0/0"),
                arguments(new NetworkCalls(), "ports: [{port: 8080}]", "ports: [{port: 8081}]"),
                arguments(
                        new NetworkCalls(),
                        "              app.kubernetes.io/name: oauth-broker",
                        "              app.kubernetes.io/name: mcp-gateway"),
                arguments(new Wire(), "scheme: HTTPS", "scheme: HTTP"),
                arguments(new Wire(), "scheme: https", "scheme: http"),
                arguments(new Wire(), "https://connections-oauth-broker:8080", "http://connections-oauth-broker:8080"),
                arguments(new Wire(), "appProtocol: https", "appProtocol: http"),
                arguments(new Wire(), "value: disabled", "value: enabled"),
                arguments(new Wire(), "/etc/connections/tls/ca.crt", "/etc/connections/ca.crt"),
                arguments(new Wire(), "backend-protocol: HTTPS", "backend-protocol: HTTP"),
                arguments(new Wire(), "hostname: connections-mcp-gateway", "hostname: mcp-gateway"),
                arguments(new Routing(), "value: /internal", "value: /internals"),
                arguments(new Routing(), "denylist-source-range", "whitelist-source-range"),
                arguments(new Routing(), "- path: /api/oauth", "- path: /api/oauths"));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("changes")
    void areNoticed(Check check, String line, String changed) {
        assertThat(good).as("the rendering has what is changed").contains(line);

        assertThat(check.complaints(Rendering.of("broken", good.replace(line, changed))))
                .isNotEmpty();
    }
}
