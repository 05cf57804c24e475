package io.flowmaestro.connections.oauth.flow;

import static io.flowmaestro.connections.oauth.flow.McpScript.RESOURCE_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.asked;
import static io.flowmaestro.connections.oauth.flow.McpScript.authorize;
import static io.flowmaestro.connections.oauth.flow.McpScript.issuer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's lists of MCP hosts, which the gateway goes by, too. The peers' host is on them by one of its names only. */
@QuarkusTest
@TestProfile(McpHostListsTest.Listed.class)
class McpHostListsTest extends ComponentTest {

    public static class Listed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.hosts.allow", "localhost,*.allowed.example",
                    "connections.mcp.hosts.deny", "bad.allowed.example");
        }
    }

    @BeforeEach
    void protect() {
        Suite.sql("delete from oauth.mcp_clients");
        Suite.sql("delete from oauth.flows");
        McpScript.usual();
    }

    /** As the operator's list has it. */
    private static String byName(String url) {
        return url.replace("127.0.0.1", "localhost");
    }

    private static String byAddress(String url) {
        return url.replace("localhost", "127.0.0.1");
    }

    private static void forbidden(ValidatableResponse answer) {
        answer.statusCode(403)
                .body("code", equalTo("mcp-server-forbidden"))
                .body("detail", containsString("ask an operator"));
    }

    private static ValidatableResponse begin(String server) {
        return authorize(new Browser(), "{\"server_url\":\"" + server + "\"}").then();
    }

    @Test
    void keepAServerFromBeingAsked() {
        forbidden(begin(byAddress(McpScript.server())));
        forbidden(begin("https://bad.allowed.example/mcp"));
        assertThat(asked(RequestMethod.POST, McpScript.SERVER_PATH)).isZero();
    }

    @Test
    void letOneBeSignedInToWhoseAuthorizationServerIsNotListed() {
        McpScript.challenge(" resource_metadata=\"" + byName(Peers.url()) + RESOURCE_PATH + "\"");
        McpScript.resource(RESOURCE_PATH, byName(McpScript.server()), byAddress(issuer()), "");
        McpScript.issuer(McpScript.ISSUER_PATH, byAddress(issuer()), "");

        begin(byName(McpScript.server())).statusCode(200);
    }

    @Test
    void holdForThePlaceOfItsMetadata() {
        McpScript.challenge(" resource_metadata=\"" + byAddress(Peers.url()) + RESOURCE_PATH + "\"");

        forbidden(begin(byName(McpScript.server())));
        assertThat(asked(RequestMethod.GET, RESOURCE_PATH)).isZero();
    }
}
