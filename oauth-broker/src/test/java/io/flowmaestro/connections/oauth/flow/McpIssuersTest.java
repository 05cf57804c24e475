package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static io.flowmaestro.connections.oauth.flow.McpScript.ISSUER_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.REGISTER;
import static io.flowmaestro.connections.oauth.flow.McpScript.RESOURCE_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.asked;
import static io.flowmaestro.connections.oauth.flow.McpScript.authorize;
import static io.flowmaestro.connections.oauth.flow.McpScript.begin;
import static io.flowmaestro.connections.oauth.flow.McpScript.issuer;
import static io.flowmaestro.connections.oauth.flow.McpScript.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An MCP server that takes the tokens of several authorization servers. */
@QuarkusTest
class McpIssuersTest extends ComponentTest {

    private static final String OTHER_PATH = "/.well-known/oauth-authorization-server/other";

    private final Browser browser = new Browser();

    @BeforeEach
    void protect() {
        Suite.sql("delete from oauth.mcp_clients");
        Suite.sql("delete from oauth.flows");
        McpScript.usual();
        McpScript.issuer(OTHER_PATH, other(), "");
    }

    private static String other() {
        return Peers.url() + "/other";
    }

    private static void named(String... issuers) {
        McpScript.answer(
                RESOURCE_PATH,
                "{\"resource\":\"%s\",\"authorization_servers\":[%s]}"
                        .formatted(
                                server(),
                                Arrays.stream(issuers)
                                        .map(issuer -> "\"" + issuer + "\"")
                                        .collect(Collectors.joining(","))));
    }

    private static void fails(String path, int status) {
        Suite.peers().register(get(path).willReturn(aResponse().withStatus(status)));
    }

    private static long lookedAt(String path) {
        return asked(RequestMethod.GET, path);
    }

    @Test
    void isSignedInToAtTheFirst() {
        named(other(), issuer());
        begin(browser);
        assertThat(lookedAt(OTHER_PATH)).isOne();
        assertThat(lookedAt(ISSUER_PATH)).isZero();
    }

    @Test
    void isSignedInToAtTheFirstThatWorks() {
        named("ftp://nowhere.example", other(), issuer());
        fails(OTHER_PATH, 503);
        begin(browser);
        assertThat(lookedAt(ISSUER_PATH)).isOne();
    }

    @Test
    void isNotSignedInToWhereThatIsNotSafe() {
        named(other(), issuer());
        McpScript.issuer(OTHER_PATH, other(), ",\"code_challenge_methods_supported\":[\"plain\"]");
        begin(browser);
        assertThat(lookedAt(ISSUER_PATH)).isOne();
    }

    @Test
    void isSignedInToWhereWeAreRegisteredAlready() {
        named(issuer());
        begin(browser);
        named(other(), issuer());
        assertThat(begin(browser).parameters()).containsEntry("client_id", "dcr-client");
        assertThat(lookedAt(OTHER_PATH)).isZero();
        assertThat(asked(RequestMethod.POST, REGISTER)).isOne();
    }

    @Test
    void isSignedInToElsewhereWhereThatOneIsAway() {
        named(issuer());
        begin(browser);
        named(other(), issuer());
        fails(ISSUER_PATH, 503);
        McpScript.registers("other-client", "other-secret");
        assertThat(begin(browser).parameters()).containsEntry("client_id", "other-client");
    }

    @Test
    void isRegisteredAtTheFirstWhereItsUserWantsANewClient() {
        named(issuer());
        begin(browser);
        named(other(), issuer());
        McpScript.registers("other-client", "other-secret");
        assertThat(begin(browser, "{\"server_url\":\"" + server() + "\",\"new_client\":true}")
                        .parameters())
                .containsEntry("client_id", "other-client");
    }

    @Test
    void saysWhatIsWrongWithTheFirstWhereNoneWorks() {
        named(other(), issuer());
        McpScript.issuer(OTHER_PATH, other(), ",\"code_challenge_methods_supported\":[\"plain\"]");
        fails(ISSUER_PATH, 503);
        authorize(new Browser(), "{\"server_url\":\"" + server() + "\"}")
                .then()
                .statusCode(502)
                .body("code", equalTo("mcp-authorization-unusable"))
                .body("detail", containsString("PKCE"));
    }

    @Test
    void isAskedForNoMoreThanFour() {
        named(Peers.url() + "/a", Peers.url() + "/b", Peers.url() + "/c", Peers.url() + "/d", issuer());
        for (var name : new String[] {"a", "b", "c", "d"}) {
            fails("/.well-known/oauth-authorization-server/" + name, 503);
        }
        authorize(new Browser(), "{\"server_url\":\"" + server() + "\"}")
                .then()
                .statusCode(503)
                .body("code", equalTo("provider-unavailable"));
        assertThat(lookedAt(ISSUER_PATH)).isZero();
    }
}
