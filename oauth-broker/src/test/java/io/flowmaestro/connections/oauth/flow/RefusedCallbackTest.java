package io.flowmaestro.connections.oauth.flow;

import static io.flowmaestro.connections.oauth.flow.Callbacks.failed;
import static io.flowmaestro.connections.oauth.flow.Callbacks.payload;
import static io.flowmaestro.connections.oauth.flow.Callbacks.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefusedCallbackTest extends ComponentTest {

    private final Browser browser = new Browser();

    @BeforeEach
    void acceptConnections() {
        Callbacks.accept();
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
}
