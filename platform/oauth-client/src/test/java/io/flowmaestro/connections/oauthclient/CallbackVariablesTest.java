package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackVariablesTest {

    private static final ClientCredentials CLIENT = new ClientCredentials("client", Secret.of("hush"));

    private static OAuthDefinition bundled(String key) {
        return new OAuthDefinition(Emulated.providers()
                .filter(provider -> provider.key().equals(key))
                .findFirst()
                .orElseThrow()
                .methods()
                .oauth2());
    }

    @Nested
    class ADataCentre {

        private final OAuthDefinition zoho = bundled("zoho");

        @Test
        void isWhereTheCodeIsExchanged() {
            var learned = zoho.learn(Map.of(), Map.of("accounts-server", "https://accounts.zoho.eu"), CLIENT);
            assertThat(zoho.settings(learned).tokenUrl()).isEqualTo("https://accounts.zoho.eu/oauth/v2/token");
            assertThat(zoho.settings(learned).revocation().url())
                    .isEqualTo("https://accounts.zoho.eu/oauth/v2/token/revoke");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://accounts.zoho.evil.example",
                    "https://accounts.zoho.eu.evil.example",
                    "https://accounts.zoho.eu@evil.example",
                    "https://accounts.zoho.eu/../x",
                    "https://accounts.zoho.eu:8443",
                    "http://accounts.zoho.eu",
                    "https://accounts.zohoXeu",
                    "https://accounts.zoho.eu\n",
                    ""
                })
        void isTheProvidersOwnOrNone(String server) {
            assertThatThrownBy(() -> zoho.learn(Map.of(), Map.of("accounts-server", server), CLIENT))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessageContaining("accounts-server");
        }

        @Test
        void mustBeTold() {
            assertThatThrownBy(() -> zoho.learn(Map.of(), Map.of("code", "c"), CLIENT))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("accounts-server is missing from the provider's answer.");
        }

        @Test
        void isNotKnownBeforeSoNothingIsSent() {
            try (var provider = new ScriptedProvider()) {
                var endpoint = new TokenEndpoint(provider.egress, new TestLimits(), provider.clock);
                var answer = Emulated.await(
                        endpoint.exchange(zoho.settings(Map.of()), CLIENT, "code", "https://us.example/cb", null));
                assertThat(answer).isInstanceOfSatisfying(TokenAnswer.Unavailable.class, unavailable -> {
                    assertThat(unavailable.settled()).isTrue();
                    assertThat(unavailable.reason()).contains("accounts-server");
                });
                assertThat(provider.seen()).isEmpty();
            }
        }
    }

    /** The signature was computed with another tool: {@code openssl dgst -sha256 -hmac hush}. */
    @Nested
    class ASignedCallback {

        private final OAuthDefinition shopify = bundled("shopify");
        private final Map<String, String> chosen = Map.of("shop", "acme");
        private final Map<String, String> query = Map.of(
                "code", "c-1",
                "state", "s-1",
                "shop", "acme.myshopify.com",
                "timestamp", "1700000000",
                "hmac", "325fc8c501cda005b91192888b7b3ef199fea1714ea1f9431d3f30a76cf0b1de");

        @Test
        void isTaken() {
            assertThat(shopify.learn(chosen, query, CLIENT)).isEqualTo(chosen);
        }

        @ParameterizedTest
        @ValueSource(strings = {"code", "state", "shop", "timestamp", "hmac"})
        void isRefusedWithAnyParameterChangedOrMissing(String name) {
            Map<String, String> changed = new HashMap<>(query);
            changed.put(name, query.get(name).replace('1', '2').replace('a', 'b'));
            refused(changed, "hmac");
            changed.remove(name);
            refused(changed, "hmac");
        }

        @Test
        void isRefusedWithAnotherParameterOrAnotherSecret() {
            Map<String, String> more = new HashMap<>(query);
            more.put("host", "x");
            refused(more, "hmac");
            assertThatThrownBy(() -> shopify.learn(chosen, query, new ClientCredentials("client", Secret.of("other"))))
                    .isInstanceOf(VariablesRefused.class);
        }

        @Test
        void isRefusedForAnotherShopThanTheFlowBeganWith() {
            assertThatThrownBy(() -> shopify.learn(Map.of("shop", "other"), query, CLIENT))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("shop is not what this flow began with.");
        }

        private void refused(Map<String, String> callback, String name) {
            assertThatThrownBy(() -> shopify.learn(chosen, callback, CLIENT))
                    .isInstanceOfSatisfying(
                            VariablesRefused.class,
                            problem -> assertThat(problem.problems()).containsOnlyKeys(name));
        }
    }

    @Test
    void aCompanyIsKeptAndGoesIntoItsAccountCall() {
        var quickbooks = bundled("quickbooks");
        var learned = quickbooks.learn(Map.of(), Map.of("realmId", "42"), CLIENT);
        assertThat(quickbooks.settings(learned).account().url())
                .isEqualTo("https://quickbooks.api.intuit.com/v3/company/42/companyinfo/42");
        assertThatThrownBy(() -> quickbooks.learn(Map.of(), Map.of("realmId", "4/../2"), CLIENT))
                .isInstanceOf(VariablesRefused.class);
    }
}
