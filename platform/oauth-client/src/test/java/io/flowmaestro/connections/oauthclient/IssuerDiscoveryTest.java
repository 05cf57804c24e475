package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.oauthclient.OAuthSettings.ClientAuthentication;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerDiscoveryTest {

    private static final String ISSUER = "https://id.acme.example/tenant";
    private static final String OIDC = ISSUER + "/.well-known/openid-configuration";
    private static final String RFC8414 = "https://id.acme.example/.well-known/oauth-authorization-server/tenant";
    private static final String DOCUMENT = """
            {"issuer": "https://id.acme.example/tenant", "authorization_endpoint": "https://id.acme.example/a",
             "token_endpoint": "https://id.acme.example/t", "revocation_endpoint": "https://id.acme.example/r",
             "pushed_authorization_request_endpoint": "https://id.acme.example/par",
             "userinfo_endpoint": "https://id.acme.example/me",
             "token_endpoint_auth_methods_supported": ["client_secret_basic"],
             "authorization_response_iss_parameter_supported": true}""";

    private final ScriptedProvider issuer = new ScriptedProvider();
    private final IssuerDiscovery discovery = new IssuerDiscovery(issuer.egress, new TestLimits(), issuer.clock);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {OIDC, RFC8414})
    void completesWhatTheFileLeavesOut(String place) {
        issuer.on(place, 200, DOCUMENT);
        var settings = complete("{}").settings(Map.of());
        assertThat(settings.authorizeUrl()).isEqualTo("https://id.acme.example/a");
        assertThat(settings.tokenUrl()).isEqualTo("https://id.acme.example/t");
        assertThat(settings.parUrl()).isEqualTo("https://id.acme.example/par");
        assertThat(settings.issuer()).isEqualTo(ISSUER);
        assertThat(settings.issuerAlwaysSent()).isTrue();
        assertThat(settings.clientAuthentication()).isEqualTo(ClientAuthentication.BASIC);
        assertThat(settings.revocation().url()).isEqualTo("https://id.acme.example/r");
        assertThat(settings.account().url()).isEqualTo("https://id.acme.example/me");
    }

    @Test
    void needsAnAuthorizationEndpointOnlyWhereSomebodySignsIn() {
        issuer.on(OIDC, 200, DOCUMENT.replace("\"authorization_endpoint\"", "\"other\""));
        assertThatThrownBy(() -> complete("{}")).hasMessageContaining("names no authorization_endpoint");

        var ofTheClient = complete("{\"grant\": \"client_credentials\"}");
        assertThat(ofTheClient.settings(Map.of()).tokenUrl()).isEqualTo("https://id.acme.example/t");
        assertThat(ofTheClient.settings(Map.of()).account()).isNull();

        assertThat(complete("{\"authorize\": \"https://id.acme.example/sign-in\"}")
                        .settings(Map.of())
                        .authorizeUrl())
                .isEqualTo("https://id.acme.example/sign-in");
    }

    @Test
    void letsTheFileWin() {
        issuer.on(OIDC, 200, DOCUMENT);
        var settings = complete("""
                {"token": "https://proxy.acme.example/t", "account": {"url": "https://api.acme.example/who", "id": "id"}}""").settings(Map.of());
        assertThat(settings.tokenUrl()).isEqualTo("https://proxy.acme.example/t");
        assertThat(settings.account().url()).isEqualTo("https://api.acme.example/who");
        assertThat(settings.authorizeUrl()).isEqualTo("https://id.acme.example/a");
    }

    @Test
    void asksNobodyForADefinitionThatNeedsNothing() {
        var plain = TestSettings.definition("{}");
        assertThat(Emulated.await(discovery.complete(plain))).isSameAs(plain);
        assertThat(issuer.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"https://id.acme.example/tenant\", \"auth|\"https://id.acme.example/tenant/\", \"auth|another issuer",
                "\"https://id.acme.example/tenant\", \"auth|\"https://evil.example\", \"auth|another issuer",
                "https://id.acme.example/t\"|http://id.acme.example/t\"|token_endpoint is not an https URL",
                "https://id.acme.example/r\"|http://127.0.0.1/r\"|revocation_endpoint is not an https URL",
                "https://id.acme.example/a\"|https://user@evil.example/a\"|authorization_endpoint is not an https URL",
                "\"token_endpoint\"|\"token\"|names no token_endpoint"
            })
    void refusesADocumentThatMustNotBeUsed(String right, String wrong, String problem) {
        assertThat(DOCUMENT).contains(right);
        issuer.on(OIDC, 200, DOCUMENT.replace(right, wrong));
        assertThatThrownBy(() -> complete("{}"))
                .isInstanceOf(DiscoveryFailed.class)
                .hasMessageContaining(ISSUER)
                .hasMessageContaining(problem);
    }

    @Test
    void saysThatThereIsNoDocument() {
        assertThatThrownBy(() -> complete("{}"))
                .isInstanceOf(DiscoveryFailed.class)
                .hasMessageContaining("status 404");
        issuer.on(OIDC, 200, "<html>").on(RFC8414, 200, "<html>");
        assertThatThrownBy(() -> complete("{}")).hasMessageContaining("not JSON");
    }

    @Test
    void remembersADocumentForAWhileAndWhileTheIssuerIsAway() {
        issuer.on(OIDC, 200, DOCUMENT);
        complete("{}");
        complete("{}");
        assertThat(issuer.seen()).hasSize(1);

        issuer.now.updateAndGet(now -> now.plus(Duration.ofMinutes(11)));
        complete("{}");
        assertThat(issuer.seen()).hasSize(2);

        issuer.on(OIDC, 503, "");
        issuer.now.updateAndGet(now -> now.plus(Duration.ofMinutes(11)));
        assertThat(complete("{}").settings(Map.of()).tokenUrl()).isEqualTo("https://id.acme.example/t");
        assertThat(issuer.seen()).hasSize(4);
    }

    @Test
    void forgetsTheIssuerThatWasNotAskedForLongest() {
        for (int count = 0; count < 257; count++) {
            String other = "https://id%d.acme.example".formatted(count);
            issuer.on(other + "/.well-known/openid-configuration", 200, DOCUMENT.replace(ISSUER, other));
            complete("{\"issuer\": \"%s\"}".formatted(other));
        }
        complete("{\"issuer\": \"https://id256.acme.example\"}");
        assertThat(issuer.seen()).hasSize(257);
        complete("{\"issuer\": \"https://id0.acme.example\"}");
        assertThat(issuer.seen()).hasSize(258);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"client_secret_post\",\"client_secret_basic\"]|body|BODY",
                "[\"client_secret_post\"]|basic|BODY",
                "[\"private_key_jwt\",\"client_secret_basic\"]|private_key_jwt|PRIVATE_KEY_JWT",
                "[\"none\"]|body|NONE",
                "null|body|BASIC"
            })
    void provesTheClientInAWayThatTheIssuerTakes(String taken, String ours, ClientAuthentication expected) {
        issuer.on(OIDC, 200, DOCUMENT.replace("[\"client_secret_basic\"]", taken));
        assertThat(complete("{\"token_auth\": \"%s\"}".formatted(ours)).clientAuthentication())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private_key_jwt", "tls_client_auth"})
    void doesNotSignOrPresentWhatNobodySetUp(String taken) {
        issuer.on(OIDC, 200, DOCUMENT.replace("client_secret_basic", taken));
        assertThatThrownBy(() -> complete("{}"))
                .isInstanceOf(DiscoveryFailed.class)
                .hasMessageContaining("token_auth: body");
    }

    private OAuthDefinition complete(String members) {
        String open = """
                {"authorize": null, "token": null, "discover": true, "issuer": "%s"}""".formatted(ISSUER);
        return Emulated.await(discovery.complete(TestSettings.definition(open, members)));
    }
}
