package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.flow.McpScript.ISSUER_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.REGISTER;
import static io.flowmaestro.connections.oauth.flow.McpScript.RESOURCE_PATH;
import static io.flowmaestro.connections.oauth.flow.McpScript.RESOURCE_ROOT;
import static io.flowmaestro.connections.oauth.flow.McpScript.asked;
import static io.flowmaestro.connections.oauth.flow.McpScript.authorize;
import static io.flowmaestro.connections.oauth.flow.McpScript.begin;
import static io.flowmaestro.connections.oauth.flow.McpScript.issuer;
import static io.flowmaestro.connections.oauth.flow.McpScript.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in to a protected MCP server, up to the moment when its user is sent away. */
@QuarkusTest
class McpAuthorizeTest extends ComponentTest {

    private final Browser browser = new Browser();

    @BeforeEach
    void protect() {
        Suite.sql("delete from oauth.mcp_clients");
        Suite.sql("delete from oauth.flows");
        McpScript.usual();
    }

    private static void refused(String code, String detail) {
        authorize(new Browser(), "{\"server_url\":\"" + server() + "\"}")
                .then()
                .body("code", equalTo(code))
                .body("detail", containsString(detail));
        assertThat(asked(RequestMethod.POST, REGISTER)).isZero();
        assertThat(Suite.count("select count(*) from oauth.flows where provider = 'mcp'"))
                .isZero();
    }

    @Nested
    class Authorize {

        @Test
        void sendsTheUserAwayWithPkceAndTheResourceAsItIsPublished() {
            var asked = begin(browser).parameters();
            assertThat(asked)
                    .containsEntry("response_type", "code")
                    .containsEntry("client_id", "dcr-client")
                    .containsEntry("redirect_uri", McpScript.CALLBACK)
                    .containsEntry("resource", server())
                    .containsEntry("scope", "files:read")
                    .containsEntry("code_challenge_method", "S256")
                    .doesNotContainKey("prompt");
            assertThat(asked.get("code_challenge")).hasSize(43);
            assertThat(asked.get("state")).hasSize(43);
        }

        @Test
        void takesAQueryToo() {
            authorize(browser, Map.of("server_url", server(), "scopes", "more, most"))
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("data.provider", equalTo("mcp"))
                    .body("data.auth_url", containsString("scope=files%3Aread%20more%20most"));
        }

        @Test
        void takesNoClientInAQuery() {
            authorize(browser, Map.of("server_url", server(), "client_secret", "s3cret"))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"))
                    .body("detail", not(containsString("s3cret")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "ws://mcp.example/",
                    "https://",
                    "https://a@mcp.example/",
                    "https://mcp.example/#a",
                    "a b"
                })
        void blamesNoServerForWhatIsNoUrlOfOne(String serverUrl) {
            authorize(browser, Map.of("server_url", serverUrl))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"))
                    .body("detail", containsString("server_url must be"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"server_url\":\"\"}",
                    "{\"server_url\":\"https://mcp.example/***/mcp\"}",
                    "{\"server_url\":\"x\",\"client\":{}}",
                    "{\"server_url\":\"x\",\"client\":{\"client_id\":\"a\",\"token_endpoint_auth_method\":\"tls\"}}",
                    "{\"server_url\":\"x\",\"client\":{\"client_id\":\"a\",\"token_endpoint_auth_method\":\"client_secret_basic\"}}",
                    "{\"server_url\":\"x\",\"client\":{\"client_id\":\"a\",\"private_key\":\"no key\"}}",
                    "{\"server_url\":\"x\",\"provider\":\"No Slug\"}",
                    "{\"server_url\":\"x\",\"timeout\":0}",
                    "{\"server_url\":\"x\",\"scopes\":[\"a\\\"b\"]}",
                    "{\"connection_id\":\"x\"}"
                })
        void refusesWhatIsMissingOrWrongBeforeAnybodyIsAsked(String body) {
            authorize(browser, body).then().statusCode(400).body("code", equalTo("parameter-invalid"));
            assertThat(asked(RequestMethod.POST, McpScript.SERVER_PATH)).isZero();
        }

        @Test
        void asksForRefreshTokensWhereTheyAreToBeHad() {
            McpScript.issuer(ISSUER_PATH, issuer(), ",\"scopes_supported\":[\"files:read\",\"offline_access\"]");
            assertThat(begin(browser).parameters())
                    .containsEntry("scope", "files:read offline_access")
                    .containsEntry("prompt", "consent");
        }

        @Test
        void prefersTheScopesOfTheChallenge() {
            McpScript.challenge(" scope=\"files:write\", resource_metadata=\"" + Peers.url() + RESOURCE_PATH + "\"");
            assertThat(begin(browser).parameters()).containsEntry("scope", "files:write");
        }

        @Test
        void leavesTheScopesOutWhereNobodySaysWhichThereAre() {
            McpScript.resource(RESOURCE_PATH, server(), issuer(), "");
            assertThat(begin(browser).parameters()).doesNotContainKey("scope");
        }

        @Test
        void storesNothingThatAReaderOfTheDatabaseCouldUse() {
            begin(browser);
            // The test's vault only encodes: what is sealed shows as base64, and nothing shows as it is.
            assertThat(
                            Suite.count(
                                    "select count(*) from oauth.flows f where f::text like '%dcr-secret%' or f::text like '%dcr-client%'"))
                    .isZero();
            assertThat(Suite.count("select count(*) from oauth.mcp_clients c where c::text like '%dcr-secret%'"))
                    .isZero();
            assertThat(Suite.count("select count(*) from oauth.mcp_clients")).isEqualTo(1);
        }
    }

    @Nested
    class Discovery {

        @Test
        void findsTheMetadataBelowTheServersPathWithoutAChallengeThatNamesIt() {
            McpScript.challenge("");
            assertThat(begin(browser).parameters()).containsEntry("resource", server());
            assertThat(asked(RequestMethod.GET, RESOURCE_ROOT)).isZero();
        }

        @Test
        void findsItForTheWholeOriginWhereThereIsNoneBelow() {
            McpScript.challenge("");
            McpScript.gone(RESOURCE_PATH);
            McpScript.resource(RESOURCE_ROOT, Peers.url(), issuer(), "");
            assertThat(begin(browser).parameters()).containsEntry("resource", Peers.url());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/.well-known/openid-configuration/as", "/as/.well-known/openid-configuration", ISSUER_PATH})
        void findsTheIssuersMetadataInEachOfItsPlaces(String place) {
            McpScript.gone(ISSUER_PATH);
            McpScript.issuer(place, issuer(), "");
            begin(browser);
            assertThat(asked(RequestMethod.GET, "/.well-known/oauth-authorization-server"))
                    .isZero();
            assertThat(asked(RequestMethod.GET, "/.well-known/openid-configuration"))
                    .isZero();
        }

        @Test
        void asksForTheToolsFirstSinceSomeServersLetAnybodyInitialize() {
            begin(browser);
            assertThat(Suite.requests(RequestMethod.POST, McpScript.SERVER_PATH))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString())
                            .contains("\"tools/list\"")
                            .doesNotContain("initialize"));
        }

        @Test
        void believesAServerThatIsItsOwnAuthorizationServer() {
            McpScript.challenge("");
            McpScript.gone(RESOURCE_PATH);
            McpScript.gone(RESOURCE_ROOT);
            McpScript.issuer("/.well-known/oauth-authorization-server", Peers.url(), "");
            assertThat(begin(browser).parameters()).containsEntry("resource", server());
        }

        @Test
        void saysSoWhereNoSignInIsOffered() {
            Suite.peers()
                    .register(post(McpScript.SERVER_PATH).willReturn(aResponse().withStatus(200)));
            McpScript.gone(RESOURCE_PATH);
            refused("mcp-authorization-not-offered", "Connect it without OAuth");
        }
    }

    @Nested
    class HostileMetadata {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example/mcp",
                    "%s/files/mcp/deeper",
                    "%s/file",
                    "%s/files/mcp#fragment",
                    "not a url",
                    ""
                })
        void ofAnotherResourceIsNotUsed(String resource) {
            McpScript.resource(RESOURCE_PATH, resource.formatted(Peers.url()), issuer(), "");
            refused("mcp-authorization-unusable", "another resource");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://attacker.example.com", "%s/as/", "%s/AS", ""})
        void ofAnotherIssuerIsNotUsed(String named) {
            McpScript.issuer(ISSUER_PATH, named.formatted(Peers.url()), "");
            refused("mcp-authorization-unusable", "another issuer");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"code_challenge_methods_supported\":[\"plain\"]|PKCE",
                    "\"code_challenge_methods_supported\":null|PKCE",
                    "\"token_endpoint\":null|names no token_endpoint",
                    "\"authorization_endpoint\":\"javascript:alert(1)\"|not an https URL",
                    "\"token_endpoint\":\"file:///etc/passwd\"|not an https URL",
                    "\"registration_endpoint\":\"https://user:pass@as.example/r\"|not an https URL"
                })
        void withoutPkceOrWithUnsafeEndpointsIsNotUsed(String member, String detail) {
            McpScript.issuer(ISSUER_PATH, issuer(), "," + member);
            refused("mcp-authorization-unusable", detail);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://10.0.0.1/as",
                    "https://169.254.169.254/latest",
                    "https://[fd00::1]/as",
                    "https://metadata.localhost.example:8443/as"
                })
        void neverMakesThisServiceCallAPrivatePlace(String place) {
            McpScript.resource(RESOURCE_PATH, server(), place, "");
            var response = authorize(browser, "{\"server_url\":\"" + server() + "\"}");
            assertThat(response.statusCode()).isIn(400, 503);
            assertThat(response.<String>path("code")).isIn("server-url-not-allowed", "provider-unavailable");
            assertThat(asked(RequestMethod.POST, REGISTER)).isZero();
        }

        @Test
        void isReadUpToASizeOnly() {
            McpScript.answer(ISSUER_PATH, "{\"issuer\":\"" + "x".repeat(300_000) + "\"}");
            refused("provider-unavailable", "too large");
        }

        @Test
        void thatMovesElsewhereIsNotFollowed() {
            Suite.peers()
                    .register(get(RESOURCE_PATH)
                            .willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));
            McpScript.resource("/elsewhere", server(), issuer(), "");
            refused("mcp-authorization-unusable", "There is no metadata");
            assertThat(asked(RequestMethod.GET, "/elsewhere")).isZero();
        }

        @Test
        void thatIsAwayForTheMomentSaysNothing() {
            Suite.peers().register(get(ISSUER_PATH).willReturn(aResponse().withStatus(503)));
            refused("provider-unavailable", "status 503");
        }
    }

    @Nested
    class Clients {

        @Test
        void areRegisteredOnceForEachUserAndIssuer() throws Exception {
            begin(browser);
            begin(browser);
            assertThat(asked(RequestMethod.POST, REGISTER)).isEqualTo(1);
            authorize(new Browser(), Suite.BOB, "{\"server_url\":\"" + server() + "\"}")
                    .then()
                    .statusCode(200);
            assertThat(asked(RequestMethod.POST, REGISTER)).isEqualTo(2);

            var metadata = new ObjectMapper()
                    .readTree(Suite.requests(RequestMethod.POST, REGISTER)
                            .getFirst()
                            .getBodyAsString());
            assertThat(metadata.path("redirect_uris").toString()).isEqualTo("[\"" + McpScript.CALLBACK + "\"]");
            assertThat(metadata.path("grant_types").toString()).isEqualTo("[\"authorization_code\",\"refresh_token\"]");
            assertThat(metadata.path("application_type").asText()).isEqualTo("native");
            assertThat(metadata.path("token_endpoint_auth_method").asText()).isEqualTo("client_secret_basic");
        }

        @Test
        void areRegisteredAnewWhereTheirUserSaysSo() {
            begin(browser);
            McpScript.registers("second-client", "second-secret");
            var asked = begin(browser, "{\"server_url\":\"" + server() + "\",\"new_client\":true}");
            assertThat(asked.parameters()).containsEntry("client_id", "second-client");
            assertThat(begin(browser).parameters()).containsEntry("client_id", "second-client");
        }

        @Test
        void areNeverTakenToAnotherIssuer() {
            begin(browser);
            McpScript.resource(RESOURCE_PATH, server(), Peers.url() + "/other", "");
            McpScript.issuer("/.well-known/oauth-authorization-server/other", Peers.url() + "/other", "");
            McpScript.registers("other-client", "other-secret");
            assertThat(begin(browser).parameters()).containsEntry("client_id", "other-client");
            assertThat(asked(RequestMethod.POST, REGISTER)).isEqualTo(2);
        }

        @Test
        void whoseSecretsAreAboutToEndAreRegisteredAnew() {
            begin(browser);
            Suite.sql("update oauth.mcp_clients set secret_expires_at = now() + interval '10 minutes'");
            begin(browser);
            assertThat(asked(RequestMethod.POST, REGISTER)).isEqualTo(2);
        }

        @Test
        void thatTheirUserBringsComeFirst() {
            McpScript.issuer(ISSUER_PATH, issuer(), ",\"client_id_metadata_document_supported\":true");
            var asked = begin(
                    browser,
                    "{\"server_url\":\"%s\",\"client\":{\"client_id\":\"mine\",\"client_secret\":\"own-secret\"}}"
                            .formatted(server()));
            assertThat(asked.parameters()).containsEntry("client_id", "mine");
            assertThat(asked.parameters().toString()).doesNotContain("own-secret");
            assertThat(asked(RequestMethod.POST, REGISTER)).isZero();
        }

        @Test
        void ofThisServiceAreADocumentWhereNoneIsRegistered() {
            McpScript.issuer(
                    ISSUER_PATH,
                    issuer(),
                    ",\"registration_endpoint\":null,\"client_id_metadata_document_supported\":true");
            assertThat(begin(browser).parameters())
                    .containsEntry("client_id", "http://localhost:8080/api/oauth/client-metadata.json");
        }

        @Test
        void areAskedForWhereThereIsNoOtherWay() {
            McpScript.issuer(ISSUER_PATH, issuer(), ",\"registration_endpoint\":null");
            authorize(browser, "{\"server_url\":\"" + server() + "\"}")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("mcp-client-needed"))
                    .body("detail", containsString("give it as client"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400|{\"error\":\"invalid_client_metadata\",\"error_description\":\"upstream-secret\"}|502|mcp-authorization-unusable",
                    "201|{\"client_name\":\"none\"}|502|mcp-authorization-unusable",
                    "201|{\"client_id\":\"c\",\"token_endpoint_auth_method\":\"tls_client_auth\"}|502|mcp-authorization-unusable",
                    "503|upstream-secret|503|provider-unavailable"
                })
        void thatAreNotTakenAreSaidSo(int status, String body, int answered, String code) {
            Suite.peers().register(post(REGISTER).willReturn(Suite.json(status, body)));
            authorize(browser, "{\"server_url\":\"" + server() + "\"}")
                    .then()
                    .statusCode(answered)
                    .body("code", equalTo(code))
                    .body("detail", not(containsString("upstream-secret")));
            assertThat(Suite.count("select count(*) from oauth.mcp_clients")).isZero();
        }
    }
}
