package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.flow.Callbacks.created;
import static io.flowmaestro.connections.oauth.flow.Callbacks.payload;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CallbackResourceTest extends ComponentTest {

    private final Browser browser = new Browser();

    @BeforeEach
    void acceptConnections() {
        Callbacks.accept();
    }

    @Test
    void redeemsTheCodeSealsTheTokensAndStoresTheConnection() throws Exception {
        var flow = browser.begin(Suite.ALICE, "acme");
        Response page = browser.callback("acme", Map.of("state", flow.state(), "code", "the-code"));
        page.then().statusCode(200).body(containsString("<h1>Connected</h1>"));

        var token = Suite.requests(RequestMethod.POST, Suite.TOKEN_PATH);
        assertThat(token).hasSize(1);
        var form = Browser.query("http://x/?" + token.getFirst().getBodyAsString());
        assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "the-code")
                .containsEntry("redirect_uri", "http://localhost:8080/api/oauth/acme/callback")
                .containsEntry("client_id", "acme-client")
                .containsEntry("client_secret", "acme-secret");
        assertThat(token.getFirst().header("Accept").firstValue()).isEqualTo("application/json");
        assertThat(s256(form.get("code_verifier"))).isEqualTo(flow.parameters().get("code_challenge"));

        var stored = Suite.requests(RequestMethod.POST, "/internal/connections");
        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst().header("X-On-Behalf-Of").firstValue()).isEqualTo(Suite.ALICE.toString());
        JsonNode body = new ObjectMapper().readTree(stored.getFirst().getBodyAsString());
        assertThat(body.path("connection_method").asText()).isEqualTo("oauth2");
        assertThat(body.path("provider").asText()).isEqualTo("acme");
        assertThat(body.path("refreshable").isBoolean()).isTrue();
        assertThat(body.path("refreshable").booleanValue()).isTrue();
        assertThat(body.path("name").asText()).isEqualTo("Acme (alice@acme.example)");
        assertThat(body.path("metadata").path("account").path("id").asText()).isEqualTo("42");
        assertThat(body.path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
        JsonNode data = new ObjectMapper()
                .readTree(
                        Suite.plaintext(body.path("envelope").path("ciphertext").asText()));
        assertThat(data.path("access_token").asText()).isEqualTo("secret-at");
        assertThat(data.path("refresh_token").asText()).isEqualTo("secret-rt");
        assertThat(data.path("scope").toString()).isEqualTo("[\"basic\",\"mail\"]");
        assertThat(data.path("expires_at").longValue())
                .isBetween(System.currentTimeMillis() + 3_500_000, System.currentTimeMillis() + 3_600_000);

        JsonNode payload = payload(page);
        assertThat(payload.path("origin").asText()).isEqualTo("http://localhost:8080");
        assertThat(payload.path("message").path("type").asText()).isEqualTo("oauth_success");
        assertThat(payload.path("message").path("provider").asText()).isEqualTo("acme");
        assertThat(payload.path("message").path("connection").path("id")).isEqualTo(body.path("id"));
        assertThat(page.asString()).doesNotContain("secret-at", "secret-rt", flow.state(), "the-code");

        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/flows/{id}", flow.id())
                .then()
                .body("data.status", org.hamcrest.Matchers.equalTo("succeeded"))
                .body(
                        "data.connection_id",
                        org.hamcrest.Matchers.equalTo(body.path("id").asText()));
    }

    /** RFC 9110, 9.2.1: HEAD is safe. Whoever looks at a link with it must not use up the sign-in. */
    @Test
    void takesACodeOfSomeKilobytes() {
        var flow = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", flow.state(), "code", "c".repeat(10_000)))
                .then()
                .statusCode(200);
    }

    @Test
    void doesNothingForAHead() {
        var flow = browser.begin(Suite.ALICE, "acme");
        var parameters = Map.of("state", flow.state(), "code", "the-code");

        given().cookie(Browser.COOKIE, browser.cookie)
                .queryParams(parameters)
                .head("/api/oauth/acme/callback")
                .then()
                .statusCode(405)
                .header("Allow", "GET");

        assertThat(Suite.tokenRequests()).isZero();
        browser.callback("acme", parameters).then().statusCode(200);
    }

    @Test
    void saysOfAConnectionWithoutARefreshTokenThatItCannotBeRefreshed() throws Exception {
        Suite.tokenAnswer(Suite.json(200, "{\"access_token\":\"secret-at\"}"));
        var flow = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", flow.state(), "code", "c"));

        var stored = Suite.requests(RequestMethod.POST, "/internal/connections");
        JsonNode body = new ObjectMapper().readTree(stored.getFirst().getBodyAsString());
        assertThat(body.path("refreshable").isBoolean()).isTrue();
        assertThat(body.path("refreshable").booleanValue()).isFalse();
    }

    @Test
    void answersWithAPageThatCanDoNothingButItsJob() {
        var flow = browser.begin(Suite.ALICE, "acme");
        Response page = browser.callback("acme", Map.of("state", flow.state(), "code", "c"));
        String policy = page.header("Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe");
        var nonce = Pattern.compile("script-src 'nonce-([A-Za-z0-9_-]{43})'").matcher(policy);
        assertThat(nonce.find()).isTrue();
        assertThat(page.asString()).contains("<script nonce=\"" + nonce.group(1) + "\">");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin-allow-popups");
        assertThat(page.contentType()).startsWithIgnoringCase("text/html;charset=utf-8");
        assertThat(page.asString())
                .contains("postMessage(result.message, result.origin)")
                .doesNotContain("'*'");
    }

    @Test
    void usesTheNameAndThePageThatWereAskedFor() throws Exception {
        var response = browser.authorize(Suite.ALICE, "acme", Map.of("name", "My CRM", "return_to", "/connections"));
        browser.cookie = response.cookie(Browser.COOKIE);
        String state = Browser.query(response.path("data.auth_url")).get("state");
        Response page = browser.callback("acme", Map.of("state", state, "code", "c"));
        assertThat(payload(page).path("return_to").asText()).isEqualTo("http://localhost:8080/connections");
        assertThat(Suite.requests(RequestMethod.POST, "/internal/connections")
                        .getFirst()
                        .getBodyAsString())
                .contains("\"name\":\"My CRM\"");
    }

    @Test
    void doesNotNeedTheAccountLookUp() {
        Suite.peers()
                .register(get("/acme/me").willReturn(jsonResponse("{}", 500).withFixedDelay(2000)));
        var flow = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", flow.state(), "code", "c"))
                .then()
                .statusCode(200);
        assertThat(Suite.requests(RequestMethod.POST, "/internal/connections")
                        .getFirst()
                        .getBodyAsString())
                .contains("\"name\":\"Acme\"");
    }

    @Test
    void worksForTwoFlowsOfOneBrowserSideBySide() {
        var first = browser.begin(Suite.ALICE, "acme");
        var second = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", second.state(), "code", "c"))
                .then()
                .statusCode(200);
        browser.callback("acme", Map.of("state", first.state(), "code", "c"))
                .then()
                .statusCode(200);
    }

    @Test
    void acceptsTheIssuerThatTheProviderDeclares() {
        Suite.provider("acme", ",\"issuer\":\"https://id.acme.example\"");
        var flow = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", flow.state(), "code", "c", "iss", "https://id.acme.example"))
                .then()
                .statusCode(200);
    }

    @Test
    void ridesOutAShortAbsenceOfTheRegistry() {
        Suite.peers()
                .register(post("/internal/connections")
                        .inScenario("away")
                        .whenScenarioStateIs("Started")
                        .willReturn(jsonResponse("{}", 503))
                        .willSetStateTo("back"));
        Suite.peers()
                .register(post("/internal/connections")
                        .inScenario("away")
                        .whenScenarioStateIs("back")
                        .willReturn(created()));
        var flow = browser.begin(Suite.ALICE, "acme");
        browser.callback("acme", Map.of("state", flow.state(), "code", "c"))
                .then()
                .statusCode(200);
        assertThat(Suite.tokenRequests()).isEqualTo(1);
    }

    private static String s256(String verifier) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
