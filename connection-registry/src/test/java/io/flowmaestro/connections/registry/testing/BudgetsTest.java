package io.flowmaestro.connections.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.connection.ToolDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Whoever waits for an MCP server through others waits longer than they do, so that it is the server that is said to be slow. */
class BudgetsTest {

    /** What mcp-gateway grants a connection at most: {@code connections.mcp.upstream.longest-timeout}. */
    private static final Duration SERVER = Duration.ofSeconds(120);

    /** {@code proxy_read_timeout} of deploy/nginx, and the timeouts of routes in deploy/kubernetes. */
    private static final Duration FRONT_DOOR = Duration.ofSeconds(150);

    private static Properties settings(String service) throws IOException {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(Path.of("..", service, "src/main/resources/application.properties"))) {
            settings.load(file);
        }
        return settings;
    }

    private static Duration millis(Properties settings, String key) {
        return Duration.ofMillis(Long.parseLong(settings.getProperty(key)));
    }

    private static Duration idle(Properties settings) {
        return Duration.parse("PT" + settings.getProperty("quarkus.http.idle-timeout"));
    }

    @Test
    void growOutwards() throws IOException {
        Properties registry = settings("connection-registry");
        Duration client = millis(registry, "quarkus.rest-client.mcp-gateway.read-timeout");

        assertThat(ToolDiscovery.LONGEST).isGreaterThan(SERVER);
        assertThat(client).isGreaterThan(ToolDiscovery.LONGEST);
        assertThat(ConnectionTester.LONGEST_MCP)
                .isGreaterThan(ToolDiscovery.LONGEST)
                .isLessThan(FRONT_DOOR);
        assertThat(idle(registry)).isGreaterThan(FRONT_DOOR);
    }

    @Test
    void growOutwardsWhereTheGatewayAsksForALook() throws IOException {
        Properties gateway = settings("mcp-gateway");

        assertThat(millis(gateway, "quarkus.rest-client.connection-registry-refreshes.read-timeout"))
                .isGreaterThan(ToolDiscovery.LONGEST);
        assertThat(idle(gateway)).isGreaterThan(FRONT_DOOR);
    }
}
