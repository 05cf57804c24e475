package io.flowmaestro.connections.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialVerifierTest {

    private static final String KEY = "{\"api_key\":\"k1\"}";

    private static Verdict verdict(String provider, String method, String data, Asked answer) {
        return new CredentialVerifier(answer)
                .verify(UUID.randomUUID(), Sample.provider(provider), method, Answers.read(data))
                .await()
                .indefinitely();
    }

    private static EgressRequest request(String provider, String method, String data) {
        var asked = new Asked(200, "{}");
        verdict(provider, method, data, asked);
        return asked.request();
    }

    @Nested
    class Requests {
        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "openai|api_key|{'api_key':'k1'}|GET|https://api.openai.com/v1/models|Authorization|Bearer k1",
                    "anthropic|api_key|{'api_key':'k1'}|GET|https://api.anthropic.com/v1/models|anthropic-version|2023-06-01",
                    "slack|api_key|{'api_key':'k1'}|POST|https://slack.com/api/auth.test|Authorization|Bearer k1",
                    "telegram|api_key|{'api_key':'1:a'}|GET|https://api.telegram.org/bot1:a/getMe|Accept|application/json",
                    "algolia|api_key|{'api_key':'a/b','app_id':'APP'}|GET|https://APP.algolia.net/1/keys/a%2Fb|X-Algolia-Application-Id|APP",
                    "hunter|api_key|{'api_key':'a&b'}|GET|https://api.hunter.io/v2/account?api_key=a%26b|User-Agent|FlowMaestro-Connections",
                    "zendesk|api_key|{'api_key':'k1','email':'ann@acme.example','subdomain':'acme'}|GET|https://acme.zendesk.com/api/v2/users/me.json|Authorization|Basic YW5uQGFjbWUuZXhhbXBsZS90b2tlbjprMQ==",
                    "mailchimp|api_key|{'api_key':'abc-def-us21'}|GET|https://us21.api.mailchimp.com/3.0/ping|Authorization|Basic YW55c3RyaW5nOmFiYy1kZWYtdXMyMQ==",
                    "datadog|api_key|{'api_key':'k1','app_key':'a1'}|GET|https://api.datadoghq.com/api/v1/validate|DD-APPLICATION-KEY|a1",
                    "generic|api_key|{'api_key':'k1','base_url':'https://api.acme.example/v1/','header_name':'X-Key','prefix':'','verify_path':'/me?a=b'}|GET|https://api.acme.example/v1/me?a=b|X-Key|k1",
                    "generic|basic_auth|{'username':'u','password':'p','base_url':'https://acme.example'}|GET|https://acme.example/|Authorization|Basic dTpw",
                    "github|oauth2|{'access_token':'t1'}|GET|https://api.github.com/user|Accept|application/vnd.github+json",
                    "mailchimp|oauth2|{'access_token':'t1'}|GET|https://login.mailchimp.com/oauth2/metadata|Authorization|OAuth t1",
                    "shopify|oauth2|{'access_token':'t1','shop':'acme'}|GET|https://acme.myshopify.com/admin/api/2024-10/shop.json|X-Shopify-Access-Token|t1",
                    "dropbox|oauth2|{'access_token':'t1'}|POST|https://api.dropboxapi.com/2/users/get_current_account|Authorization|Bearer t1"
                })
        void areWhatTheFileSays(
                String provider, String method, String data, String verb, String url, String header, String value) {
            var request = request(provider, method, data.replace('\'', '"'));

            assertThat(request.method().name()).isEqualTo(verb);
            assertThat(request.url()).isEqualTo(url);
            assertThat(request.headers()).containsEntry(header, value);
        }

        @Test
        void carryTheirJsonBody() {
            var request = request("linear", "oauth2", "{\"access_token\":\"t1\"}");

            assertThat(request.body()).hasToString("{\"query\":\"{ viewer { id name email } }\"}");
            assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        }

        @Test
        void sayThatAPostWithoutABodyHasNone() {
            var request = request("dropbox", "oauth2", "{\"access_token\":\"t1\"}");

            assertThat(request.body().length()).isZero();
            assertThat(request.headers()).doesNotContainKey("Content-Type");
        }

        @Test
        void goToTheConnectionsOwnBaseUrl() {
            var request =
                    request("openai", "api_key", "{\"api_key\":\"k1\",\"base_url\":\"https://proxy.acme.example\"}");

            assertThat(request.url()).isEqualTo("https://proxy.acme.example/v1/models");
        }
    }

    @Nested
    class NothingIsSent {
        @ParameterizedTest(name = "{0} {1} {2}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "zendesk|api_key|{'api_key':'k1','email':'a@b.example'}|subdomain",
                    "zendesk|api_key|{'api_key':'k1','email':'a@b.example','subdomain':'evil.example/'}|subdomain",
                    "mailchimp|api_key|{'api_key':'abc-evil.example/x'}|dc",
                    "datadog|api_key|{'api_key':'k1','app_key':'a1','site':'evil.example'}|site",
                    "openai|api_key|{}|api_key",
                    "generic|api_key|{'api_key':'k1'}|base_url",
                    "twitch|oauth2|{'access_token':'t1'}|client_id",
                    "salesforce|oauth2|{'access_token':'t1','host':'evil.example'}|host",
                    "openai|api_key|{'api_key':'k1\\n'}|Authorization",
                    "generic|api_key|{'api_key':'k1','base_url':'https://a.example','header_name':'Host'}|header"
                })
        void whereAFieldIsMissingOrNotAllowed(String provider, String method, String data, String named) {
            var asked = new Asked(200, "{}");
            var verdict = verdict(provider, method, data.replace('\'', '"'), asked);

            assertThat(verdict).isInstanceOf(Verdict.Untestable.class);
            assertThat(verdict.message()).contains(named).doesNotContain("evil", "k1");
            assertThat(asked.requests()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"postgres,basic_auth", "mongodb,basic_auth", "openai,oauth2", "openai,custom", "openai,mcp"})
        void whereTheCatalogueKnowsNothingToAsk(String provider, String method) {
            var asked = new Asked(200, "{}");
            var verdict = verdict(provider, method, KEY, asked);

            assertThat(CredentialVerifier.canVerify(Sample.provider(provider), method))
                    .isFalse();
            assertThat(verdict).isInstanceOf(Verdict.Untestable.class);
            assertThat(verdict.message()).contains(Sample.provider(provider).name());
            assertThat(asked.requests()).isEmpty();
        }
    }

    @Nested
    class Answers200 {
        @Test
        void areRejectedForAnAnonymousUser() {
            String zendesk = "{\"api_key\":\"k1\",\"email\":\"a@b.example\",\"subdomain\":\"acme\"}";

            assertThat(verdict(
                            "zendesk",
                            "api_key",
                            zendesk,
                            new Asked(200, "{\"user\":{\"id\":null,\"name\":\"Anonymous user\"}}")))
                    .isInstanceOf(Verdict.Rejected.class);
            assertThat(verdict("zendesk", "api_key", zendesk, new Asked(200, "{\"user\":{\"id\":7}}")))
                    .isInstanceOf(Verdict.Accepted.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"ok\":false,\"error\":\"invalid_auth\"}|Rejected",
                    "{\"ok\":false,\"error\":\"upstream-text\"}|Rejected",
                    "{\"ok\":false,\"error\":\"ratelimited\"}|Inconclusive",
                    "{\"ok\":false,\"error\":\"missing_scope\"}|Inconclusive",
                    "{\"error\":\"token_revoked\"}|Rejected",
                    "{}|Inconclusive",
                    "\"ok\"|Inconclusive",
                    "{\"ok\":true}|Accepted"
                })
        void areReadByTheirFlag(String body, String expected) {
            assertThat(verdict("slack", "api_key", KEY, new Asked(200, body))
                            .getClass()
                            .getSimpleName())
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"data\":{\"viewer\":{\"id\":\"v\"}}}|Accepted",
                    "{\"data\":null,\"errors\":[{\"extensions\":{\"code\":\"AUTHENTICATION_ERROR\"}}]}|Rejected",
                    "{\"data\":null,\"errors\":[{\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}|Inconclusive",
                    "{\"data\":{\"viewer\":{\"id\":null}},\"errors\":[{}]}|Inconclusive"
                })
        void ofGraphQlAreReadByTheirErrors(String body, String expected) {
            assertThat(verdict("linear", "oauth2", "{\"access_token\":\"t1\"}", new Asked(200, body))
                            .getClass()
                            .getSimpleName())
                    .isEqualTo(expected);
        }

        @Test
        void withoutAnAccountAreStillAccepted() {
            assertThat(verdict("xero", "oauth2", "{\"access_token\":\"t1\"}", new Asked(200, "[]")))
                    .isInstanceOf(Verdict.Accepted.class);
        }
    }

    @Nested
    class Accounts {
        private ObjectNode account(String body) {
            var verdict = verdict("github", "api_key", "{\"api_key\":\"ghp_secret\"}", new Asked(200, body));
            return ((Verdict.Accepted) verdict).accountInfo();
        }

        @Test
        void areNamedByTheFilesPaths() {
            assertThat(account("{\"id\":7,\"login\":\"ann\",\"plan\":\"pro\"}"))
                    .isEqualTo(Answers.read("{\"id\":\"7\",\"name\":\"ann\"}"));
        }

        @Test
        void tellAnAddress() {
            assertThat(account("{\"id\":7,\"login\":\"ann@acme.example\"}")
                            .path("email")
                            .asText())
                    .isEqualTo("ann@acme.example");
        }

        @Test
        void areBoundedPlainTextWithoutTheSecret() {
            String name = "a".repeat(600) + "\\u0007";

            assertThat(account("{\"id\":\"\\u0007 x\\n\",\"login\":\"" + name + "\"}"))
                    .isEqualTo(
                            JsonNodeFactory.instance.objectNode().put("id", "x").put("name", "a".repeat(512)));
            assertThat(account("{\"id\":\"you sent ghp_secret\",\"login\":{}}")).isEmpty();
        }
    }

    @Nested
    class Refusals {
        @Test
        void of403AreOfTheMomentWhereTheProviderLimitsThatWay() {
            for (var header :
                    Map.of("Retry-After", "60", "X-RateLimit-Remaining", "0").entrySet()) {
                var limited = new Asked(403, Map.of(header.getKey(), header.getValue()), "{}");
                assertThat(verdict("github", "api_key", KEY, limited)).isInstanceOf(Verdict.Inconclusive.class);
            }
            var refused = new Asked(403, Map.of("X-RateLimit-Remaining", "41"), "{}");
            assertThat(verdict("github", "api_key", KEY, refused)).isInstanceOf(Verdict.Rejected.class);
        }

        @ParameterizedTest
        @CsvSource({"401,Rejected", "403,Inconclusive", "400,Inconclusive"})
        void ofAnAccessTokenAreForTheTokenAt401Only(int status, String expected) {
            var verdict = verdict("github", "oauth2", "{\"access_token\":\"t1\"}", new Asked(status, "{}"));
            assertThat(verdict.getClass().getSimpleName()).isEqualTo(expected);
        }

        @Test
        void ofAnAccessTokenAreReadFromTheChallenge() {
            for (String said : List.of(
                    "Bearer error=\"invalid_token\"",
                    "Bearer realm=\"x\", error=invalid_token, error_description=\"y\"",
                    "OAuth \"Acme Platform\" \"invalid_token\" \"It has expired.\"")) {
                var challenge = new Asked(400, Map.of("WWW-Authenticate", said), "");
                assertThat(verdict("github", "oauth2", "{\"access_token\":\"t1\"}", challenge))
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void areNoMatterOfTheKeyWhereItLacksARight() {
            var lacking = new Asked(403, "{\"error\":{\"code\":\"missing_scope\"}}");
            assertThat(verdict("openai", "api_key", KEY, lacking))
                    .isInstanceOf(Verdict.Inconclusive.class)
                    .extracting(Verdict::message)
                    .asString()
                    .contains("right");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[\"profile\"]", "\"profile openid\""})
        void areNoMatterOfTheTokenWhereTheTestsScopeWasNotGranted(String scope) {
            String data = "{\"access_token\":\"t1\",\"scope\":" + scope + "}";
            assertThat(verdict("discord", "oauth2", data, new Asked(401, "{}")))
                    .isInstanceOf(Verdict.Untestable.class)
                    .extracting(Verdict::message)
                    .asString()
                    .contains("identify");
        }

        @Test
        void knowAScopeByItsLongName() {
            String data =
                    "{\"access_token\":\"t1\",\"scope\":[\"openid\",\"https://www.googleapis.com/auth/userinfo.email\"]}";
            assertThat(verdict("google", "oauth2", data, new Asked(401, "{}"))).isInstanceOf(Verdict.Rejected.class);
        }
    }
}
