package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.oauth.flow.McpScript.ISSUER_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.REGISTER;
import static io.flowmaestro.connections.oauth.flow.McpScript.TOKEN;
import static io.flowmaestro.connections.oauth.flow.McpScript.asked;
import static io.flowmaestro.connections.oauth.flow.McpScript.authorize;
import static io.flowmaestro.connections.oauth.flow.McpScript.begin;
import static io.flowmaestro.connections.oauth.flow.McpScript.issuer;
import static io.flowmaestro.connections.oauth.flow.McpScript.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back from the authorization server of an MCP server. */
@QuarkusTest
class McpCallbackTest extends ComponentTest {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("dcr-client:dcr-secret".getBytes(StandardCharsets.UTF_8));

    private final Browser browser = new Browser();

    @BeforeEach
    void protect() {
        Suite.sql("delete from oauth.mcp_clients");
        McpScript.usual();
    }

    private Response back(Browser.Flow flow, Map<String, String> more) {
        var parameters = new java.util.HashMap<>(more);
        parameters.put("state", flow.state());
        return browser.callback("mcp", parameters);
    }

    private static JsonNode body(RequestMethod method, String path) throws Exception {
        return new ObjectMapper()
                .readTree(Suite.requests(method, path).getFirst().getBodyAsString());
    }

    private static JsonNode sealed(JsonNode body) throws Exception {
        return new ObjectMapper()
                .readTree(
                        Suite.plaintext(body.path("envelope").path("ciphertext").asText()));
    }

    private static void refused(Response page, String code) {
        assertThat(page.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(Callbacks.payload(page).path("message").path("code").asText())
                .isEqualTo(code);
    }

    @Nested
    class Connecting {

        @Test
        void redeemsTheCodeAndStoresAConnectionThatCanBeRenewed() throws Exception {
            McpScript.grantsFor("the-code", BASIC);
            var flow =
                    begin(browser, "{\"server_url\":\"%s\",\"name\":\"Files\",\"timeout\":5000}".formatted(server()));

            var page = back(flow, Map.of("code", "the-code"));

            page.then().statusCode(200);
            assertThat(page.asString()).doesNotContain("mcp-at", "mcp-rt", "dcr-secret");
            var created = body(RequestMethod.POST, Callbacks.CREATE);
            assertThat(created.path("connection_method").asText()).isEqualTo("mcp");
            assertThat(created.path("provider").asText()).isEqualTo("mcp-generic");
            assertThat(created.path("name").asText()).isEqualTo("Files");
            assertThat(created.path("mcp_server_url").asText()).isEqualTo(server());
            assertThat(created.path("refreshable").asBoolean()).isTrue();
            assertThat(created.path("metadata").path("config").path("auth_type").asText())
                    .isEqualTo("oauth2");
            assertThat(created.path("metadata").path("authorization_server").asText())
                    .isEqualTo(issuer());
            assertThat(created.path("metadata").toString()).doesNotContain("secret");
            var data = sealed(created);
            assertThat(data.path("server_url").asText()).isEqualTo(server());
            assertThat(data.path("auth_type").asText()).isEqualTo("oauth2");
            assertThat(data.path("timeout").asInt()).isEqualTo(5000);
            assertThat(data.path("access_token").asText()).isEqualTo("mcp-at");
            assertThat(data.path("refresh_token").asText()).isEqualTo("mcp-rt");
            assertThat(data.path("granted_at").asLong()).isPositive();
            assertThat(data.path("authorization").path("client").path("secret").asText())
                    .isEqualTo("dcr-secret");
        }

        /** Some servers take one in their address. */
        @Test
        void keepsAKeyInTheAddressSealedWhileTheRegistryIsAway() throws Exception {
            var challenge = "Bearer resource_metadata=\"" + Peers.url() + McpScript.RESOURCE_PATH + "\"";
            Suite.peers()
                    .register(post(urlPathEqualTo(McpScript.SERVER_PATH))
                            .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", challenge)));
            Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(503, "{}")));
            var flow = begin(browser, "{\"server_url\":\"" + server() + "?api_key=s3cret\"}");

            refused(back(flow, Map.of("code", "c")), "grant-pending");

            assertThat(Suite.count("select count(*) from oauth.pending_grants g where g::text like '%api_key=***%'"))
                    .isEqualTo(1);
            assertThat(Suite.count("select count(*) from oauth.pending_grants g where g::text like '%s3cret%'"))
                    .as("keys in the clear")
                    .isZero();
            var created = body(RequestMethod.POST, Callbacks.CREATE);
            assertThat(created.path("mcp_server_url").asText()).isEqualTo(server() + "?api_key=***");
            assertThat(created.path("metadata")
                            .path("config")
                            .path("server_url")
                            .asText())
                    .isEqualTo(server() + "?api_key=***");
            assertThat(sealed(created).path("server_url").asText()).isEqualTo(server() + "?api_key=s3cret");
        }

        @Test
        void hasTheToolsLookedAt() throws Exception {
            var flow = begin(browser);
            Suite.peers()
                    .register(com.github.tomakehurst.wiremock.client.WireMock.get(
                                    com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching(
                                            "/internal/connections/.*/credential"))
                            .willReturn(Suite.json(200, """
                                {"success":true,"data":{"id":"0190a1ce-0000-7000-8000-00000000a11d","name":"x","connection_method":"mcp",
                                "provider":"mcp-generic","status":"active","status_reason":null,"version":1,"credential_generation":1,
                                "expires_at":null,"envelope":{},"mcp_server_url":"x","metadata":{},"test_due":true}}\
                                """)));
            back(flow, Map.of("code", "c")).then().statusCode(200);
            assertThat(asked(
                            RequestMethod.POST,
                            "/internal/connections/0190a1ce-0000-7000-8000-00000000a11d/test-if-due"))
                    .isEqualTo(1);
        }

        @Test
        void isNamedAfterTheServerWhereNobodyGivesAName() throws Exception {
            back(begin(browser), Map.of("code", "c")).then().statusCode(200);
            assertThat(body(RequestMethod.POST, Callbacks.CREATE).path("name").asText())
                    .isEqualTo("127.0.0.1");
        }

        @ParameterizedTest
        @CsvSource({"client_secret_post,client_secret=dcr-secret", "none,client_id=dcr-client"})
        void provesItselfAsTheServerWantsIt(String method, String proof) {
            McpScript.issuer(ISSUER_PATH, issuer(), ",\"token_endpoint_auth_methods_supported\":[\"" + method + "\"]");
            Suite.peers()
                    .register(post(REGISTER)
                            .willReturn(Suite.json(
                                    201, "{\"client_id\":\"dcr-client\",\"client_secret\":\"dcr-secret\"}")));
            back(begin(browser), Map.of("code", "c")).then().statusCode(200);
            assertThat(Suite.requests(RequestMethod.POST, TOKEN))
                    .singleElement()
                    .satisfies(request -> {
                        assertThat(request.getBodyAsString()).contains(proof);
                        assertThat(request.containsHeader("Authorization")).isFalse();
                    });
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @ValueSource(strings = {"https://evil.example.com", "%s/", "%s/AS"})
        void anotherIssuerWhetherOrNotOneIsPromised(String named) {
            var flow = begin(browser);
            refused(back(flow, Map.of("code", "c", "iss", named.formatted(issuer()))), "issuer-mismatch");
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void anAnswerWithoutTheIssuerThatIsPromised() {
            McpScript.issuer(ISSUER_PATH, issuer(), ",\"authorization_response_iss_parameter_supported\":true");
            var flow = begin(browser);
            refused(back(flow, Map.of("code", "c")), "issuer-mismatch");
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void anotherBrowser() {
            var flow = begin(browser);
            browser.cookie = "x".repeat(43);
            refused(back(flow, Map.of("code", "c")), "browser-mismatch");
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void theWayBackOfAnotherProvider() {
            var flow = begin(browser);
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "provider-mismatch");
        }

        @Test
        void aClientThatItsServerNoLongerKnowsAndRegisteringAnewTheNextTime() {
            Suite.peers().register(post(TOKEN).willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            refused(back(begin(browser), Map.of("code", "c")), "provider-refused");
            assertThat(Suite.count("select count(*) from oauth.mcp_clients")).isZero();
            begin(browser);
            assertThat(asked(RequestMethod.POST, REGISTER)).isEqualTo(2);
        }
    }

    @Nested
    class Renewing {

        private final StoredCredential former = StoredCredential.of("mcp", "mcp-generic", """
            {"server_url":"%s","auth_type":"oauth2","access_token":"old","scope":["files:read","files:list"],
             "headers":{"X-Team":"7"},"timeout":9000}\
            """.formatted(server()));

        @Test
        void asksForWhatTheConnectionHadAndForMore() {
            former.store();
            var asked =
                    begin(browser, "{\"connection_id\":\"%s\",\"scopes\":[\"files:write\"]}".formatted(former.id()));
            assertThat(asked.parameters().get("scope").split(" "))
                    .containsExactlyInAnyOrder("files:read", "files:list", "files:write");
        }

        @Test
        void putsTheNewGrantOnTheSameConnectionAndKeepsWhatItsUserHasSet() throws Exception {
            former.store();
            String grant = "/internal/connections/" + former.id() + "/grant";
            Suite.peers()
                    .register(put(grant)
                            .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"status\":\"active\"}}")));
            var flow = begin(browser, "{\"connection_id\":\"%s\"}".formatted(former.id()));
            back(flow, Map.of("code", "c")).then().statusCode(200);
            var data = sealed(body(RequestMethod.PUT, grant));
            assertThat(data.path("access_token").asText()).isEqualTo("mcp-at");
            assertThat(data.path("headers").path("X-Team").asText()).isEqualTo("7");
            assertThat(data.path("timeout").asInt()).isEqualTo(9000);
            assertThat(asked(RequestMethod.POST, Callbacks.CREATE)).isZero();
        }

        @Test
        void goesToTheWholeAddressWhereAPartOfItIsNotShown() {
            Suite.peers().register(former.readShowing(Peers.url() + "/***/mcp"));
            begin(browser, "{\"connection_id\":\"%s\"}".formatted(former.id()));
            assertThat(asked(RequestMethod.POST, McpScript.SERVER_PATH)).isPositive();
        }

        @Test
        void asksForANewConnectionWhereTheWholeAddressIsLost() {
            Suite.peers().register(former.readShowing(Peers.url() + "/***/mcp"));
            Suite.peers()
                    .register(
                            post("/internal/decrypt").willReturn(Suite.json(422, "{\"code\":\"decryption-failed\"}")));
            authorize(browser, "{\"connection_id\":\"%s\"}".formatted(former.id()))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-renewable"))
                    .body("detail", containsString("Make a new connection"));
        }

        @Test
        void revokesWhatWasGrantedForAConnectionThatWasDeletedMeanwhile() {
            former.store();
            Suite.peers().register(post("/as/revoke").willReturn(Suite.json(200, "")));
            var flow = begin(browser, "{\"connection_id\":\"%s\"}".formatted(former.id()));
            McpScript.gone(former.path());

            refused(back(flow, Map.of("code", "c")), "connection-not-found");

            assertThat(Suite.requests(RequestMethod.POST, "/as/revoke"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("token=mcp-rt"));
        }

        private StoredCredential withAClientAt(String issuer) {
            return StoredCredential.of("mcp", "mcp-generic", """
                {"server_url":"%1$s","auth_type":"oauth2","access_token":"old","scope":[],"authorization":{"server_url":"%1$s",
                 "resource":"%1$s","issuer":"%2$s","authorization_endpoint":"%2$s/a","token_endpoint":"%2$s/t","kept":{},
                 "client":{"kind":"preregistered","id":"mine","secret":"own","auth_method":"client_secret_basic"}}}\
                """.formatted(server(), issuer));
        }

        @Test
        void keepsTheClientThatItsUserBroughtAtThatIssuerAndAtNoOther() {
            var same = withAClientAt(issuer()).store();
            assertThat(begin(browser, "{\"connection_id\":\"%s\"}".formatted(same.id()))
                            .parameters())
                    .containsEntry("client_id", "mine");
            assertThat(asked(RequestMethod.POST, REGISTER)).isZero();
            var moved = withAClientAt("https://former.example").store();
            assertThat(begin(browser, "{\"connection_id\":\"%s\"}".formatted(moved.id()))
                            .parameters())
                    .containsEntry("client_id", "dcr-client");
        }

        @Test
        void isForMcpConnectionsOfTheSameServerAndUser() {
            former.store();
            authorize(
                            browser,
                            "{\"connection_id\":\"%s\",\"server_url\":\"https://other.example/mcp\"}"
                                    .formatted(former.id()))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-renewable"));
            authorize(browser, Suite.BOB, "{\"connection_id\":\"%s\"}".formatted(former.id()))
                    .then()
                    .statusCode(404);
            var key = StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}")
                    .store();
            authorize(browser, "{\"connection_id\":\"%s\"}".formatted(key.id()))
                    .then()
                    .statusCode(409);
        }
    }
}
