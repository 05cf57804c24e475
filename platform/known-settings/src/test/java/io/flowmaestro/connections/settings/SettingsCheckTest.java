package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final String IGNORED = "CONNECTIONS_IGNORED_SETTINGS";

    private final SettingsCheck check = new SettingsCheck(KnownSettings.of("""
            # of a test
            CONNECTIONS_REGISTRY_URL web-url
            CONNECTIONS_SERVICE_SECRET text
            CONNECTIONS_HOME text
            CONNECTIONS_PORT text
            CONNECTIONS_IGNORED_SETTINGS text
            DEBUG_CONNECTIONS switch
            connections.mcp.calls.at-once number
            connections.egress.ports ports
            vault.data-key.messages number
            """));

    private List<String> complaints(String name, String value) {
        return check.complaints(List.of(new Given(name, "environment", value)));
    }

    @Nested
    class UnknownNames {

        @ParameterizedTest
        @CsvSource({
            "CONNECTIONS_REGISTRY_URLL, CONNECTIONS_REGISTRY_URL",
            "CONNECTIONS_REGSITRY_URL, CONNECTIONS_REGISTRY_URL",
            "CONNECTIONS_MCP_CALLS_AT_ONE, CONNECTIONS_MCP_CALLS_AT_ONCE",
            "connections.mcp.call.at-once, connections.mcp.calls.at-once",
            "vault.data-keys.messages, vault.data-key.messages",
            "DEBUG_CONNECTION, DEBUG_CONNECTIONS"
        })
        void areRefusedWithTheNearestKnownOne(String name, String meant) {
            assertThat(complaints(name, "secret-canary"))
                    .containsExactly(name + " (environment) is no setting of Connections. Did you mean " + meant + "?");
        }

        @Test
        void thatNothingResemblesAreRefusedWithTheWayOut() {
            assertThat(complaints("CONNECTIONS_COLOUR_OF_THE_SKY", "secret-canary"))
                    .containsExactly("CONNECTIONS_COLOUR_OF_THE_SKY (environment) is no setting of Connections."
                            + " Remove it, or name it in CONNECTIONS_IGNORED_SETTINGS if another program reads it.");
        }

        @Test
        void areFineWhereTheyAreNamedAsAnotherPrograms() {
            assertThat(check.complaints(List.of(
                            new Given("CONNECTIONS_COLOUR", "environment", "blue"),
                            new Given("connections.shape", "config/application.properties", "round"),
                            new Given(IGNORED, "environment", "CONNECTIONS_COLOUR, connections.shape"))))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"PATH", "VAULT_FORMAT", "REGISTRY_AUTH", "QUARKUS_HTTP_PORT", "java.home", "CONNECTIONS"})
        void areFineWhereTheyAreNotOurs(String name) {
            assertThat(complaints(name, "anything")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "CONNECTIONS_PORT, tcp://10.0.0.1:80",
            "CONNECTIONS_CONNECTION_REGISTRY_SERVICE_HOST, 10.0.0.1",
            "CONNECTIONS_CONNECTION_REGISTRY_SERVICE_PORT, 8080",
            "CONNECTIONS_CONNECTION_REGISTRY_SERVICE_PORT_HTTP, 8080",
            "CONNECTIONS_CONNECTION_REGISTRY_PORT, tcp://10.0.0.1:8080",
            "CONNECTIONS_CONNECTION_REGISTRY_PORT_8080_TCP, tcp://10.0.0.1:8080",
            "CONNECTIONS_CONNECTION_REGISTRY_PORT_8080_TCP_PROTO, tcp",
            "CONNECTIONS_CONNECTION_REGISTRY_PORT_8080_TCP_PORT, 8080",
            "CONNECTIONS_CONNECTION_REGISTRY_PORT_8080_TCP_ADDR, 10.0.0.1"
        })
        void areFineWhereKubernetesTellsOfServices(String name, String value) {
            assertThat(complaints(name, value)).isEmpty();
        }

        @Test
        void areNoLinksJustBecauseTheyEndLikeOne() {
            assertThat(complaints("CONNECTIONS_HTTP_PORT", "8080"))
                    .singleElement()
                    .asString()
                    .contains("no setting");
        }
    }

    @Nested
    class Values {

        @ParameterizedTest
        @CsvSource({
            "CONNECTIONS_REGISTRY_URL, nonsense, an absolute http or https URL",
            "CONNECTIONS_REGISTRY_URL, http://, an absolute http or https URL",
            "connections.mcp.calls.at-once, 6a4, a number that is not negative",
            "CONNECTIONS_MCP_CALLS_AT_ONCE, -1, a number that is not negative",
            "CONNECTIONS_EGRESS_PORTS, '443,70000', ports from 1 to 65535",
            "DEBUG_CONNECTIONS, ture, true or false"
        })
        void areRefusedByTheNameOfTheirSettingAndNotRepeated(String name, String value, String wanted) {
            assertThat(complaints(name, value))
                    .singleElement()
                    .asString()
                    .startsWith(name + " (environment) must be " + wanted)
                    .doesNotContain(value.equals("-1") ? "-1" : value);
        }

        @ParameterizedTest
        @CsvSource({
            "CONNECTIONS_REGISTRY_URL, https://registry.example:8443/base",
            "CONNECTIONS_REGISTRY_URL, ${OTHER}",
            "CONNECTIONS_REGISTRY_URL, ''",
            "connections.mcp.calls.at-once, 64",
            "CONNECTIONS_EGRESS_PORTS, '443, 8443'",
            "connections.egress.ports[0], 443",
            "DEBUG_CONNECTIONS, true",
            "CONNECTIONS_HOME, /anywhere"
        })
        void ofTheRightKindAreFine(String name, String value) {
            assertThat(complaints(name, value)).isEmpty();
        }
    }
}
