package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.restassured.RestAssured.given;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** A protected MCP server and its authorization server, as the wire sees them. */
final class McpScript {

    static final String SERVER_PATH = "/files/mcp";
    static final String RESOURCE_PATH = "/.well-known/oauth-protected-resource/files/mcp";
    static final String RESOURCE_ROOT = "/.well-known/oauth-protected-resource";
    static final String ISSUER_PATH = "/.well-known/oauth-authorization-server/as";
    static final String REGISTER = "/as/register";
    static final String TOKEN = "/as/token";
    static final String CALLBACK = "http://localhost:8080/api/oauth/mcp/callback";
    static final String GRANT =
            "{\"access_token\":\"mcp-at\",\"refresh_token\":\"mcp-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"files:read\"}";

    private McpScript() {}

    static String server() {
        return Peers.url() + SERVER_PATH;
    }

    static String issuer() {
        return Peers.url() + "/as";
    }

    /** A server as most are: it challenges, describes itself, and its authorization server registers anybody. */
    static void usual() {
        challenge(" resource_metadata=\"" + Peers.url() + RESOURCE_PATH + "\"");
        resource(RESOURCE_PATH, server(), issuer(), ",\"scopes_supported\":[\"files:read\"]");
        issuer(ISSUER_PATH, issuer(), "");
        registers("dcr-client", "dcr-secret");
        Suite.peers().register(post(TOKEN).willReturn(Suite.json(200, GRANT)));
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Callbacks.created()));
    }

    static void challenge(String parameters) {
        Suite.peers()
                .register(post(SERVER_PATH)
                        .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Bearer" + parameters)));
    }

    static void resource(String path, String resource, String issuer, String more) {
        answer(path, "{\"resource\":\"%s\",\"authorization_servers\":[\"%s\"]%s}".formatted(resource, issuer, more));
    }

    /** @param more members that come after, and so in place of, those that are there */
    static void issuer(String path, String issuer, String more) {
        answer(path, """
                {"issuer":"%1$s","authorization_endpoint":"%2$s/authorize","token_endpoint":"%2$s/token",
                 "registration_endpoint":"%2$s/register","revocation_endpoint":"%2$s/revoke",
                 "code_challenge_methods_supported":["S256"],
                 "token_endpoint_auth_methods_supported":["client_secret_basic","none"]%3$s}""".formatted(issuer, issuer(), more));
    }

    static void answer(String path, String document) {
        Suite.peers().register(get(path).willReturn(Suite.json(200, document)));
    }

    static void gone(String path) {
        Suite.peers().register(any(urlPathMatching(path)).willReturn(aResponse().withStatus(404)));
    }

    static void registers(String id, String secret) {
        Suite.peers()
                .register(post(REGISTER)
                        .willReturn(Suite.json(
                                201,
                                "{\"client_id\":\"%s\",\"client_secret\":\"%s\",\"token_endpoint_auth_method\":\"client_secret_basic\"}"
                                        .formatted(id, secret))));
    }

    /** What is granted for a code that comes with everything that belongs to it; anything else is refused. */
    static void grantsFor(String code, String authorization) {
        Suite.peers()
                .register(post(TOKEN).atPriority(10).willReturn(Suite.json(400, "{\"error\":\"invalid_request\"}")));
        Suite.peers()
                .register(post(TOKEN)
                        .atPriority(1)
                        .withHeader("Authorization", equalTo(authorization))
                        .withRequestBody(matching(".*code=" + code + "&.*"))
                        .withRequestBody(matching(".*code_verifier=[A-Za-z0-9_-]{43}.*"))
                        .withRequestBody(matching(".*resource=http.*"))
                        .willReturn(Suite.json(200, GRANT)));
    }

    static int asked(RequestMethod method, String path) {
        return Suite.requests(method, path).size();
    }

    static Response authorize(Browser browser, Map<String, String> query) {
        return request(browser, Suite.ALICE).queryParams(query).get("/api/oauth/mcp/authorize");
    }

    static Response authorize(Browser browser, String body) {
        return authorize(browser, Suite.ALICE, body);
    }

    static Response authorize(Browser browser, UUID user, String body) {
        return request(browser, user).contentType(ContentType.JSON).body(body).post("/api/oauth/mcp/authorize");
    }

    private static RequestSpecification request(Browser browser, UUID user) {
        var request = given().auth().oauth2(Tokens.user(user));
        return browser.cookie == null ? request : request.cookie(Browser.COOKIE, browser.cookie);
    }

    /** Begins a flow, and gives what the browser is sent to the authorization server with. */
    static Browser.Flow begin(Browser browser, String body) {
        var response = authorize(browser, body);
        response.then().statusCode(200);
        browser.cookie = response.cookie(Browser.COOKIE);
        return new Browser.Flow(response.path("data.flow_id"), Browser.query(response.<String>path("data.auth_url")));
    }

    static Browser.Flow begin(Browser browser) {
        return begin(browser, "{\"server_url\":\"" + server() + "\"}");
    }
}
