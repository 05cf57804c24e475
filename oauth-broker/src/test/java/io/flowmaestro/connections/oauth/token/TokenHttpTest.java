package io.flowmaestro.connections.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.oauth.provider.ClientCredentials;
import io.flowmaestro.connections.oauth.provider.OAuthSettings.ClientAuthentication;
import io.flowmaestro.connections.oauth.provider.OAuthSettings.TokenBody;
import io.flowmaestro.connections.oauth.provider.TestSettings;
import io.flowmaestro.connections.oauth.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenHttpTest {

    private static final ClientCredentials CLIENT = new ClientCredentials("id:1", Secret.of("s&cret"));

    @Test
    void encodesBothHalvesOfBasicAuthentication() {
        var request = write(ClientAuthentication.BASIC, TokenBody.FORM);
        String expected = Base64.getEncoder().encodeToString("id%3A1:s%26cret".getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers()).containsEntry("Authorization", "Basic " + expected);
        assertThat(body(request)).doesNotContain("client_secret").doesNotContain("client_id");
    }

    @Test
    void putsTheClientIntoTheForm() {
        var request = write(ClientAuthentication.BODY, TokenBody.FORM);
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                .containsEntry("Accept", "application/json")
                .doesNotContainKey("Authorization");
        assertThat(body(request))
                .isEqualTo("grant_type=refresh_token&refresh_token=r%2Bt&client_id=id%3A1&client_secret=s%26cret");
    }

    @Test
    void namesAPublicClientWithoutASecret() {
        assertThat(body(write(ClientAuthentication.NONE, TokenBody.FORM)))
                .contains("client_id=")
                .doesNotContain("client_secret");
    }

    @Test
    void writesJsonWhereTheProviderWantsIt() {
        var request = write(ClientAuthentication.BODY, TokenBody.JSON);
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(request)).contains("\"refresh_token\":\"r+t\"");
    }

    private static EgressRequest write(ClientAuthentication authentication, TokenBody body) {
        var settings = TestSettings.with(authentication, body);
        return TokenHttp.write(TokenRequest.refresh(settings, Secret.of("r+t")), settings, CLIENT);
    }

    private static String body(EgressRequest request) {
        return Objects.requireNonNull(request.body()).toString();
    }
}
