package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    private static final OAuthDefinition TENANT = TestSettings.definition("""
            {"authorize": "https://{subdomain}.acme.example/authorize", "token": "https://{subdomain}.acme.example/t/{path}",
             "callback_params": ["realm"], "callback_patterns": {"realm": "[0-9]{1,9}"},
             "account": {"url": "https://api.acme.example/{realm}/me"},
             "config": {"subdomain": {"required": true, "pattern": "[A-Za-z0-9.-]+"},
                        "path": {"default": "a", "pattern": ".+"}, "dc": {"default": "com", "values": ["com", "eu"]}}}""");

    @Test
    void fillTheUrlsTheyStandIn() {
        var settings = TENANT.settings(Map.of("subdomain", "shop-1", "path", "a/b", "realm", "42"));
        assertThat(settings.authorizeUrl()).isEqualTo("https://shop-1.acme.example/authorize");
        assertThat(settings.tokenUrl()).isEqualTo("https://shop-1.acme.example/t/a%2Fb");
        assertThat(settings.refreshUrl()).isEqualTo(settings.tokenUrl());
        assertThat(settings.account().url()).isEqualTo("https://api.acme.example/42/me");
        assertThat(settings.variables())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("subdomain", "shop-1", "path", "a/b", "realm", "42", "dc", "com"));
    }

    @Test
    void thatOnlyTheCallbackTellsStayOpenUntilThen() {
        assertThat(TENANT.settings(Map.of("subdomain", "a")).account().url())
                .isEqualTo("https://api.acme.example/{realm}/me");
    }

    @Nested
    class AreRefused {

        @Test
        void whenAUserChoosesWhatTheProviderHasToTell() {
            assertThat(TENANT.choosable()).containsExactlyInAnyOrder("dc", "path", "subdomain");
            assertThat(TENANT.begin(Map.of("subdomain", "a")).authorizeUrl())
                    .isEqualTo("https://a.acme.example/authorize");
            assertThatThrownBy(() -> TENANT.begin(Map.of("subdomain", "a", "realm", "42")))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("realm is not known; known are: dc, path, subdomain.");
            var told = TestSettings.definition("{\"token_response\": {\"api_base\": \"api_domain\"}}");
            assertThatThrownBy(() -> told.begin(Map.of("api_domain", "https://evil.example")))
                    .hasMessage("api_domain is not known; known are: none.");
        }

        @Test
        void whenOneIsMissingAndNamed() {
            assertThatThrownBy(() -> TENANT.settings(Map.of()))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("subdomain is missing.");
        }

        @Test
        void whenNobodyKnowsThem() {
            assertThatThrownBy(() -> TENANT.settings(Map.of("subdomain", "a", "tenant", "x")))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("tenant is not known; known are: dc, path, realm, subdomain.");
            assertThatThrownBy(() -> TENANT.settings(Map.of("subdomain", "a", "<b>", "x")))
                    .hasMessageStartingWith("a variable is not known");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "a/b",
                    "evil.example/",
                    "a@evil",
                    "a:1",
                    "a#",
                    "a?b",
                    "a\\b",
                    "a%2e",
                    "a..b",
                    ".a",
                    "a."
                })
        void whenAHostCouldBecomeAnother(String value) {
            assertThatThrownBy(() -> TENANT.settings(Map.of("subdomain", value)))
                    .isInstanceOfSatisfying(
                            VariablesRefused.class,
                            refused -> assertThat(refused.problems()).containsOnlyKeys("subdomain"));
        }

        @ParameterizedTest
        @ValueSource(strings = {".", ".."})
        void whenAPathWouldClimb(String value) {
            assertThatThrownBy(() -> TENANT.settings(Map.of("subdomain", "a", "path", value)))
                    .isInstanceOf(VariablesRefused.class)
                    .hasMessage("path must not be a path step.");
        }

        @Test
        void whenTheCatalogueAllowsOtherValues() {
            assertThatThrownBy(() -> TENANT.settings(Map.of("subdomain", "a", "dc", "cn", "realm", "x")))
                    .hasMessage("dc is not allowed; allowed are: com, eu; realm must match [0-9]{1,9}.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://accounts.acme.example",
                "https://accounts.acme.example/x",
                "https://u@accounts.acme.example",
                "https://accounts.acme.example?x",
                "accounts.acme.example",
                "//accounts.acme.example"
            })
    void thatBeginAUrlMustBeOrigins(String value) {
        var regional = TestSettings.definition("""
                {"token": "{server}/token", "callback_params": ["server"], "callback_patterns": {"server": ".*"}}""");
        assertThat(regional.settings(Map.of("server", "https://accounts.acme.example"))
                        .tokenUrl())
                .isEqualTo("https://accounts.acme.example/token");
        assertThatThrownBy(() -> regional.settings(Map.of("server", value))).isInstanceOf(VariablesRefused.class);
    }
}
