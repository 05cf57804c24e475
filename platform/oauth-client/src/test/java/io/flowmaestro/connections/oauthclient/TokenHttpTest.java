package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.egress.EgressRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenHttpTest {

    private static final ClientCredentials CLIENT = new ClientCredentials("id:1", Secret.of("s&cret"));

    @Test
    void encodesBothHalvesOfBasicAuthentication() {
        var request = write("basic", "form");
        String expected = Base64.getEncoder().encodeToString("id%3A1:s%26cret".getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers()).containsEntry("Authorization", "Basic " + expected);
        assertThat(body(request)).doesNotContain("client_secret").doesNotContain("client_id");
    }

    @Test
    void putsTheClientIntoTheForm() {
        var request = write("body", "form");
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                .containsEntry("Accept", "application/json")
                .doesNotContainKey("Authorization");
        assertThat(body(request))
                .isEqualTo("grant_type=refresh_token&refresh_token=r%2Bt&client_id=id%3A1&client_secret=s%26cret");
    }

    @Test
    void namesAPublicClientWithoutASecret() {
        assertThat(body(write("none", "form"))).contains("client_id=").doesNotContain("client_secret");
    }

    @Test
    void writesJsonWhereTheProviderWantsIt() {
        var request = write("body", "json");
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(request)).contains("\"refresh_token\":\"r+t\"");
    }

    private static EgressRequest write(String authentication, String body) {
        var settings =
                TestSettings.with("{\"token_auth\":\"%s\",\"token_body\":\"%s\"}".formatted(authentication, body));
        return TokenHttp.write(
                TokenRequest.refresh(settings, CLIENT, Secret.of("r+t"), List.of()), settings, CLIENT, Instant.EPOCH);
    }

    private static String body(EgressRequest request) {
        return Objects.requireNonNull(request.body()).toString();
    }
}
