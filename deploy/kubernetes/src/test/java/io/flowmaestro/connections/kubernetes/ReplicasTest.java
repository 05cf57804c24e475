package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways find each other where they can, without sessions that stick to one of them. */
class ReplicasTest {
    @ParameterizedTest
    @CsvSource({"ipv4, http://$(POD_IP):8080", "ipv6, http://[$(POD_IP)]:8080", "none,"})
    void knowTheAddressOfTheirPodInAMesh(String family, String address) {
        knowTheAddress(Rendering.chart("--set", Rendering.MESH + ",mcp.replicas=" + family), address);
    }

    @ParameterizedTest
    @CsvSource({"ipv4, https://$(POD_IP):8080", "ipv6, https://[$(POD_IP)]:8080", "none,"})
    void knowTheAddressOfTheirPodWithTls(String family, String address) {
        knowTheAddress(Rendering.chart("--set", "mcp.replicas=" + family), address);
    }

    private static void knowTheAddress(Rendering rendering, String address) {
        var gateway = gateway(rendering);

        assertThat(Environment.plain(gateway).get("CONNECTIONS_MCP_REPLICA_URL"))
                .isEqualTo(address);
        assertThat(new Traffic(rendering).allows(gateway, gateway)).isEqualTo(address != null);
    }

    /** No certificate is of a pod's address: a gateway knows another by the name of the Service that both stand behind. */
    @Test
    void knowTheNameThatTheirCertificateIsOf() {
        var gateway = gateway(Rendering.chart());
        var certificate = Rendering.of("example", Repository.text("deploy/kubernetes/examples/cert-manager.yaml"))
                .ofKind("Certificate")
                .filter(made -> made.text("spec", "secretName").endsWith("mcp-gateway"))
                .findFirst()
                .orElseThrow();

        var name = URI.create(Environment.plain(gateway).get("CONNECTIONS_GATEWAY_URL"))
                .getHost();

        assertThat(certificate.at("spec").texts("dnsNames")).contains(name);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(new Replicas(), "fieldPath: status.podIP", "fieldPath: status.hostIP"),
                arguments(new Replicas(), "name: POD_IP", "name: POD_ADDRESS"),
                arguments(new Environment(), "name: CONNECTIONS_MCP_REPLICA_URL", "name: CONNECTIONS_MCP_REPLICAS_URL"),
                arguments(new Environment(), "://$(POD_IP):8080", "://10.0.0.1:8080"),
                arguments(
                        new NetworkCalls(),
                        "              app.kubernetes.io/name: mcp-gateway",
                        "              app.kubernetes.io/name: oauth-broker"),
                arguments(new NetworkCalls(), "name: CONNECTIONS_MCP_REPLICA_URL", "name: CONNECTIONS_MCP_HOME_URL"),
                arguments(new Replicas(), "://$(POD_IP):8080", "://$(POD_IP):8081"));
    }

    static Stream<Arguments> changesInAMesh() {
        return Stream.concat(
                changes(), Stream.of(arguments(new Replicas(), "http://$(POD_IP):8080", "https://$(POD_IP):8080")));
    }

    static Stream<Arguments> changesWithTls() {
        return Stream.concat(
                changes(),
                Stream.of(
                        arguments(new Replicas(), "https://$(POD_IP):8080", "http://$(POD_IP):8080"),
                        arguments(new Replicas(), "name: CONNECTIONS_GATEWAY_URL", "name: CONNECTIONS_OWN_URL"),
                        arguments(new Replicas(), "https://connections-mcp-gateway:8080", "https://mcp-gateway:8080"),
                        arguments(new Replicas(), "name: QUARKUS_TLS__PEERS__", "name: QUARKUS_TLS__OTHERS__")));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("changesInAMesh")
    void areMissedWhereTheyAreBroken(Check check, String line, String changed) {
        areMissed(
                Tools.helm("template", "connections", "chart", "-f", "values/example.yaml", "--set", Rendering.MESH),
                check,
                line,
                changed);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("changesWithTls")
    void areMissedWhereTheyAreBrokenWithTls(Check check, String line, String changed) {
        areMissed(Tools.helm("template", "connections", "chart", "-f", "values/example.yaml"), check, line, changed);
    }

    private static void areMissed(String good, Check check, String line, String changed) {
        assertThat(good).as("the rendering has what is changed").contains(line);

        assertThat(check.complaints(Rendering.of("broken", good.replace(line, changed))))
                .isNotEmpty();
    }

    private static Manifest gateway(Rendering rendering) {
        return rendering
                .services()
                .filter(workload -> workload.service().equals("mcp-gateway"))
                .findFirst()
                .orElseThrow();
    }
}
