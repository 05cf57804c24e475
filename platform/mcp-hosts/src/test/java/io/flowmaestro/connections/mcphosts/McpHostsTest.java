package io.flowmaestro.connections.mcphosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.Refusal;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpHostsTest {

    private record Written(Optional<List<String>> allow, Optional<List<String>> deny) implements HostSettings {}

    private static McpHosts hosts(List<String> allow, List<String> deny) {
        return new McpHosts(new Written(Optional.of(allow), Optional.of(deny)));
    }

    private static McpHosts some() {
        return hosts(List.of("tools.example.com", "*.corp.example", "10.0.0.7:8443"), List.of("old.corp.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://tools.example.com/mcp",
                "https://TOOLS.example.com:8443/mcp",
                "https://a.corp.example/",
                "https://10.0.0.7:8443/"
            })
    void permitWhatIsListed(String url) {
        assertThatCode(() -> some().require(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/mcp",
                "https://tools.example.com.evil.example/",
                "https://corp.example/",
                "https://old.corp.example/",
                "https://10.0.0.7/"
            })
    void refuseWhatIsNotListedOrDenied(String url) {
        assertThatThrownBy(() -> some().require(url))
                .isInstanceOfSatisfying(
                        EgressRefused.class,
                        refused -> assertThat(refused.reason()).isInstanceOf(Refusal.NotPermitted.class));
    }

    @Test
    void refuseWhatIsNoUrl() {
        assertThatThrownBy(() -> some().require("tools.example.com")).isInstanceOf(EgressRefused.class);
    }

    @Test
    void permitAnythingWithoutLists() {
        var hosts = new McpHosts(new Written(Optional.empty(), Optional.empty()));
        assertThatCode(() -> hosts.require("https://anywhere.example/")).doesNotThrowAnyException();
    }

    @Test
    void keepTheServiceFromStartingWithAnEntryThatIsNoHost() {
        assertThatThrownBy(() -> hosts(List.of(), List.of("https://bad.example")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CONNECTIONS_MCP_HOSTS_DENY (connections.mcp.hosts.deny) must be")
                .hasMessageContaining("https://bad.example");
    }

    @Test
    void tellOfBothListsWhereBothAreWrong() {
        assertThatThrownBy(() -> hosts(List.of("https://one.example"), List.of("https://two.example")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CONNECTIONS_MCP_HOSTS_ALLOW")
                .hasMessageContaining("https://one.example")
                .hasMessageContaining("CONNECTIONS_MCP_HOSTS_DENY")
                .hasMessageContaining("https://two.example");
    }
}
