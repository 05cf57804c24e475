package io.flowmaestro.connections.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Nested
    class Of {
        @Test
        void startsAt8080UnlessSaidOtherwise() {
            assertThat(Ports.of(Map.of()).frontDoor()).isEqualTo(8080);
            assertThat(Ports.of(Map.of("CONNECTIONS_PORT", "18080")).of(Service.MCP_GATEWAY))
                    .isEqualTo(18_084);
        }

        @ParameterizedTest
        @ValueSource(strings = {"abc", "80", "0", "-1", "65527", "99999", "8080.5", "999999"})
        void refusesWhatLeavesNoRoomForTenPorts(String port) {
            assertThatThrownBy(() -> Ports.of(Map.of("CONNECTIONS_PORT", port)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(port)
                    .hasMessageContaining("1024 to 65526");
        }
    }

    @Nested
    class RequireFree {
        @Test
        void namesTheTakenPortAndTheWayOut() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Ports ports = new Ports(taken.getLocalPort() - 3);

                assertThatThrownBy(ports::requireFree)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("is taken")
                        .hasMessageContaining("CONNECTIONS_PORT=");
            }
        }

        @Test
        void isContentWithTenFreePorts() {
            // Below the ports that systems give out by themselves.
            assertThatCode(() -> new Ports(11_310).requireFree()).doesNotThrowAnyException();
        }
    }
}
