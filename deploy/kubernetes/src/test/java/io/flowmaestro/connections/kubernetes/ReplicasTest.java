package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
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
        var rendering = Rendering.chart("--set", Rendering.MESH + ",mcp.replicas=" + family);
        var gateway = gateway(rendering);

        assertThat(Environment.plain(gateway).get("CONNECTIONS_MCP_REPLICA_URL"))
                .isEqualTo(address);
        assertThat(new Traffic(rendering).allows(gateway, gateway)).isEqualTo(address != null);
    }

    /** A gateway trusts no certificate for a pod's address: what it passed on would be refused, and served here after all. */
    @Test
    void haveNoAddressThatNobodyTrusts() {
        var gateway = gateway(Rendering.chart());

        assertThat(Optional.ofNullable(Environment.plain(gateway).get("CONNECTIONS_MCP_REPLICA_URL")))
                .isEmpty();
        assertThat(new Traffic(Rendering.chart()).allows(gateway, gateway)).isFalse();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(new Replicas(), "fieldPath: status.podIP", "fieldPath: status.hostIP"),
                arguments(new Replicas(), "name: POD_IP", "name: POD_ADDRESS"),
                arguments(new Replicas(), "http://$(POD_IP):8080", "http://$(POD_IP):8081"),
                arguments(new Replicas(), "http://$(POD_IP):8080", "https://$(POD_IP):8080"),
                arguments(new Environment(), "name: CONNECTIONS_MCP_REPLICA_URL", "name: CONNECTIONS_MCP_REPLICAS_URL"),
                arguments(new Environment(), "http://$(POD_IP):8080", "http://10.0.0.1:8080"),
                arguments(
                        new NetworkCalls(),
                        "              app.kubernetes.io/name: mcp-gateway",
                        "              app.kubernetes.io/name: oauth-broker"),
                arguments(new NetworkCalls(), "name: CONNECTIONS_MCP_REPLICA_URL", "name: CONNECTIONS_MCP_HOME_URL"));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("changes")
    void areMissedWhereTheyAreBroken(Check check, String line, String changed) {
        String good =
                Tools.helm("template", "connections", "chart", "-f", "values/example.yaml", "--set", Rendering.MESH);
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
