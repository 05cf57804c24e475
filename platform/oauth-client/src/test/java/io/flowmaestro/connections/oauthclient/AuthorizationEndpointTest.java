package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationEndpointTest {

    private static final String PAR = "https://acme.example/par";
    private static final ClientCredentials CLIENT = new ClientCredentials("client", Secret.of("secret"));
    private static final AuthorizationRequest REQUEST = new AuthorizationRequest(
            "client", "https://us.example/cb", List.of("a", "b"), List.of("x"), "state-1", "challenge-1");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final AuthorizationEndpoint endpoint =
            new AuthorizationEndpoint(provider.egress, new TestLimits(), provider.clock);
    private final OAuthSettings pushed = TestSettings.with(
            "{\"par\":\"" + PAR + "\",\"token_auth\":\"basic\",\"authorize_params\":{\"prompt\":\"consent\"}}");

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void pushesEverythingAndSendsTheUserWithAReferenceOnly() {
        provider.on(PAR, 201, "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:6esc&_11\",\"expires_in\":60}");

        assertThat(start(pushed))
                .isEqualTo(
                        new AuthorizationStart.Ready(
                                "https://acme.example/authorize?client_id=client&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc%26_11"));

        var push = provider.seen().getFirst();
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.headers())
                .containsEntry(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder().encodeToString("client:secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(Emulated.query("https://x.example?" + push.body()))
                .containsOnlyKeys(
                        "response_type",
                        "client_id",
                        "redirect_uri",
                        "scope",
                        "state",
                        "code_challenge",
                        "code_challenge_method",
                        "prompt");
    }

    @Test
    void putsEverythingIntoTheUrlWhereNothingIsPushed() {
        var start = (AuthorizationStart.Ready) start(TestSettings.with("{\"extra_scope_param\":\"user_scope\"}"));
        assertThat(Emulated.query(start.url()))
                .containsEntry("scope", "a b")
                .containsEntry("user_scope", "x")
                .containsEntry("state", "state-1");
        assertThat(provider.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_request,invalid_request", "401,invalid_client,invalid_client", "400,<b>,unknown_error"})
    void saysWhatTheProviderRefused(int status, String error, String shown) {
        provider.on(PAR, status, "{\"error\":\"" + error + "\"}");
        assertThat(start(pushed)).isEqualTo(new AuthorizationStart.Refused(shown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"request_uri\":\"a b\"}", "{\"request_uri\":\"\"}"})
    void refusesASuccessWithoutAReference(String body) {
        provider.on(PAR, 201, body);
        assertThat(start(pushed)).isEqualTo(new AuthorizationStart.Refused("status_201"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void isPutOffInTheProvidersTrouble(int status) {
        provider.on(PAR, status, "{\"error\":\"invalid_request\"}");
        assertThat(start(pushed)).isInstanceOf(AuthorizationStart.Unavailable.class);
    }

    @Test
    void isPutOffWhileTheProviderIsAway() {
        provider.close();
        assertThat(start(pushed)).isInstanceOf(AuthorizationStart.Unavailable.class);
    }

    private AuthorizationStart start(OAuthSettings settings) {
        return Emulated.await(endpoint.start(settings, CLIENT, REQUEST));
    }
}
