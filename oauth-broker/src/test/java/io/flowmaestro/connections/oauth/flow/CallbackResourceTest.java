package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CallbackResourceTest extends ComponentTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"result\">(.*?)</script>", Pattern.DOTALL);
    private static final String GRANT =
            "{\"access_token\":\"secret-at\",\"refresh_token\":\"secret-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"basic mail\"}";

    private final Browser browser = new Browser();

    @BeforeEach
    void acceptConnections() {
        Suite.tokenAnswer(Suite.json(200, GRANT));
        Suite.peers()
                .register(
                        get("/acme/me").willReturn(jsonResponse("{\"id\":42,\"email\":\"alice@acme.example\"}", 200)));
        Suite.peers().register(post("/internal/connections").willReturn(created()));
    }

    private static ResponseDefinitionBuilder created() {
        return Suite.templated(
                        "{\"success\":true,\"data\":{\"id\":\"{{{jsonPath request.body '$.id'}}}\",\"name\":\"{{{jsonPath request.body '$.name'}}}\",\"status\":\"active\"}}")
                .withStatus(201);
    }

    @Nested
    class Succeeding {

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
            assertThat(s256(form.get("code_verifier")))
                    .isEqualTo(flow.parameters().get("code_challenge"));

            var stored = Suite.requests(RequestMethod.POST, "/internal/connections");
            assertThat(stored).hasSize(1);
            assertThat(stored.getFirst().header("X-On-Behalf-Of").firstValue()).isEqualTo(Suite.ALICE.toString());
            JsonNode body = new ObjectMapper().readTree(stored.getFirst().getBodyAsString());
            assertThat(body.path("connection_method").asText()).isEqualTo("oauth2");
            assertThat(body.path("provider").asText()).isEqualTo("acme");
            assertThat(body.path("refreshable").isBoolean()).isTrue();
            assertThat(body.path("refreshable").booleanValue()).isTrue();
            assertThat(body.path("name").asText()).isEqualTo("Acme (alice@acme.example)");
            assertThat(body.path("metadata").path("account").path("id").asText())
                    .isEqualTo("42");
            assertThat(body.path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
            JsonNode data = new ObjectMapper()
                    .readTree(Suite.plaintext(
                            body.path("envelope").path("ciphertext").asText()));
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
            var nonce =
                    Pattern.compile("script-src 'nonce-([A-Za-z0-9_-]{43})'").matcher(policy);
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
            var response =
                    browser.authorize(Suite.ALICE, "acme", Map.of("name", "My CRM", "return_to", "/connections"));
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
    }

    @Nested
    class Refusing {

        @Test
        void aReplayedState() {
            var flow = browser.begin(Suite.ALICE, "acme");
            browser.callback("acme", Map.of("state", flow.state(), "code", "c"))
                    .then()
                    .statusCode(200);
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "state-invalid", 1);
        }

        @Test
        void allButOneOfManyCallbacksAtOnce() throws Exception {
            var flow = browser.begin(Suite.ALICE, "acme");
            List<Callable<Integer>> callbacks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                callbacks.add(() -> browser.callback("acme", Map.of("state", flow.state(), "code", "c"))
                        .statusCode());
            }
            int succeeded = 0;
            try (var threads = Executors.newFixedThreadPool(16)) {
                for (var answer : threads.invokeAll(callbacks)) {
                    succeeded += answer.get() == 200 ? 1 : 0;
                }
            }
            assertThat(succeeded).isEqualTo(1);
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void anotherBrowser() {
            var flow = browser.begin(Suite.ALICE, "acme");
            var other = new Browser();
            other.begin(Suite.BOB, "acme");
            refused(other.callback("acme", Map.of("state", flow.state(), "code", "c")), "browser-mismatch", 0);
            failed(flow, "browser-mismatch");
        }

        @Test
        void aBrowserWithoutTheCookie() {
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(new Browser().callback("acme", Map.of("state", flow.state(), "code", "c")), "browser-mismatch", 0);
        }

        @Test
        void anExpiredState() {
            var flow = browser.begin(Suite.ALICE, "acme");
            Suite.sql("update oauth.flows set expires_at = now() - interval '1 second' where id = '" + flow.id() + "'");
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "state-expired", 0);
            failed(flow, "state-expired");
        }

        @Test
        void anotherProvidersAddress() {
            Suite.provider("strict", "");
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(browser.callback("strict", Map.of("state", flow.state(), "code", "c")), "provider-mismatch", 0);
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "state-invalid", 0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "<script>alert(1)</script>"})
        void aStateThatIsNotOurs(String state) {
            refused(browser.callback("acme", Map.of("state", state, "code", "c")), "state-invalid", 0);
        }

        @Test
        void aStateThatComesTwice() {
            var flow = browser.begin(Suite.ALICE, "acme");
            Response page = given().cookie(Browser.COOKIE, browser.cookie)
                    .queryParam("state", flow.state(), flow.state())
                    .queryParam("code", "c")
                    .get("/api/oauth/acme/callback");
            refused(page, "state-invalid", 0);
        }

        @Test
        void anotherIssuer() {
            Suite.provider("acme", ",\"issuer\":\"https://id.acme.example\"");
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(
                    browser.callback("acme", Map.of("state", flow.state(), "code", "c", "iss", "https://evil.example")),
                    "issuer-mismatch",
                    0);
        }

        @Test
        void aMissingIssuerWhereItIsAdvertised() {
            Suite.provider(
                    "acme",
                    ",\"issuer\":\"https://id.acme.example\",\"authorization_response_iss_parameter_supported\":true");
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "issuer-mismatch", 0);
        }

        @Test
        void aDenialAndShowsWhatTheProviderSaysAsText() {
            var flow = browser.begin(Suite.ALICE, "acme");
            Response page = browser.callback(
                    "acme",
                    Map.of(
                            "state", flow.state(),
                            "error", "access_denied",
                            "error_description", "</script><script>alert('x')</script><img src=x onerror=alert(1)>"));
            refused(page, "authorization-denied", 0);
            assertThat(page.asString())
                    .doesNotContain("<script>alert", "<img")
                    .contains("&lt;img src=x onerror=alert(1)&gt;");
            assertThat(payload(page).path("message").path("message").asText()).contains("<img src=x");
            failed(flow, "authorization-denied");
        }

        @Test
        void anyOtherErrorOfTheProvider() {
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(
                    browser.callback("acme", Map.of("state", flow.state(), "error", "server_error", "code", "c")),
                    "authorization-failed",
                    0);
        }

        @Test
        void anAnswerWithoutACode() {
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(browser.callback("acme", Map.of("state", flow.state())), "callback-invalid", 0);
        }
    }

    @Nested
    class ProviderFaults {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200|{\"ok\":false,\"error\":\"invalid_code\",\"debug\":\"upstream-secret\"}|provider-refused",
                    "400|{\"error\":\"invalid_client\",\"error_description\":\"upstream-secret\"}|provider-refused",
                    "500|upstream-secret|provider-unavailable",
                    "200|{\"access_token\":\"upstream-secret|provider-unavailable"
                })
        void makeNoConnectionAndAreNotEchoed(int status, String body, String code) {
            Suite.tokenAnswer(Suite.json(status, body));
            var flow = browser.begin(Suite.ALICE, "acme");
            Response page = browser.callback("acme", Map.of("state", flow.state(), "code", "c"));
            refused(page, code, 1);
            assertThat(page.asString()).doesNotContain("upstream-secret");
            assertThat(Suite.requests(RequestMethod.POST, "/internal/connections"))
                    .isEmpty();
        }

        @Test
        void includeARedirectWhichIsNotFollowed() {
            Suite.tokenAnswer(Suite.json(302, "").withHeader("Location", Suite.TOKEN_PATH));
            var flow = browser.begin(Suite.ALICE, "acme");
            refused(browser.callback("acme", Map.of("state", flow.state(), "code", "c")), "provider-unavailable", 1);
        }
    }

    private static void refused(Response page, String code, int tokenRequests) {
        assertThat(page.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(page.contentType()).startsWithIgnoringCase("text/html");
        JsonNode message = payload(page).path("message");
        assertThat(message.path("type").asText()).isEqualTo("oauth_error");
        assertThat(message.path("code").asText()).isEqualTo(code);
        assertThat(Suite.tokenRequests()).isEqualTo(tokenRequests);
    }

    private static void failed(Browser.Flow flow, String code) {
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/flows/{id}", flow.id())
                .then()
                .body("data.status", org.hamcrest.Matchers.equalTo("failed"))
                .body("data.code", org.hamcrest.Matchers.equalTo(code));
    }

    private static JsonNode payload(Response page) {
        var data = DATA.matcher(page.asString());
        assertThat(data.find()).isTrue();
        try {
            return new ObjectMapper().readTree(data.group(1));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError("the data block is not JSON", broken);
        }
    }

    private static String s256(String verifier) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
