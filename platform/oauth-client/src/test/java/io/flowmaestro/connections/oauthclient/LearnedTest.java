package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final OAuthSettings SETTINGS = TestSettings.with("""
            {"token_response": {"api_base": "api_domain", "api_host": "host"},
             "account": {"url": "{api_domain}/me", "id": "id"}, "api_base": "https://{host}/v4"}""");

    @Test
    void isTheBaseOfTheApiUnderItsNameAndAsTheConnectionsOwn() {
        assertThat(grant("https://api.tenant.example/v1", "api.tenant.example").variables())
                .isEqualTo(Map.of(
                        "api_domain", "https://api.tenant.example/v1",
                        "base_url", "https://api.tenant.example/v1",
                        "host", "api.tenant.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.tenant.example",
                "//api.tenant.example",
                "javascript:alert(1)",
                "https://user:pw@api.tenant.example",
                "https://api.tenant.example?x=",
                "https://api.tenant.example#x",
                "https:///x",
                "https://a b"
            })
    void isNeverAnythingButAnHttpsUrl(String base) {
        assertThat(grant(base, "h").variables()).doesNotContainKeys("api_domain", "base_url", "host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a@b.example",
                "a.example:1",
                "a.example/",
                "localhost",
                "10.0.0.1",
                "-a.example",
                "a..example"
            })
    void isNeverAHostWithMoreInIt(String host) {
        assertThat(grant("https://api.tenant.example", host).variables()).doesNotContainKey("host");
    }

    @Test
    void takesTheUserTokenWithItsOwnRefreshToken() {
        var settings = TestSettings.with("""
                {"token_response": {"access_token": ["access_token", "user.access_token"],
                                    "refresh_token": ["refresh_token", "user.refresh_token"]}}""");
        var bot = read(settings, """
                {"access_token": "bot", "user": {"access_token": "user", "refresh_token": "user-rt"}}""");
        assertThat(bot.accessToken().reveal()).isEqualTo("bot");
        assertThat(bot.refreshToken()).isNull();
        var user = read(settings, """
                {"refresh_token": "bot-rt", "user": {"access_token": "user", "refresh_token": "user-rt"}}""");
        assertThat(user.refreshToken().reveal()).isEqualTo("user-rt");
    }

    @Test
    void isNeverKeptInPlaceOfAToken() {
        var tokens = new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", NOW, null, List.of("a"))
                .with(Map.of("access_token", "evil", "refresh_token", "evil", "scope", "evil", "host", "kept"));
        var data = TokenData.write(tokens);
        assertThat(data.path("access_token").asText()).isEqualTo("at");
        assertThat(data.path("refresh_token").asText()).isEqualTo("rt");
        assertThat(data.path("host").asText()).isEqualTo("kept");
        assertThat(data.toString()).doesNotContain("evil");
    }

    @Test
    void anExpiryThatAReplyLeavesOutIsTheSameLifetimeAgain() {
        var old = new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", NOW, NOW.plusSeconds(600), List.of());
        var reply = new TokenGrant(
                Secret.of("at2"), null, "Bearer", NOW.plusSeconds(500), null, List.of(), Account.UNKNOWN);
        assertThat(old.renewedBy(reply).expiresAt()).isEqualTo(NOW.plusSeconds(1100));
    }

    @Test
    void anExpiryThatIsNeverSaidIsWhatTheFactsSayOfTokensThatCanBeRefreshed() {
        var settings = TestSettings.with("{\"refresh\": {\"rotates\": true, \"access_ttl_s\": 3600}}");
        assertThat(read(settings, "{\"access_token\":\"a\",\"refresh_token\":\"r\"}")
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(3600));
        assertThat(read(settings, "{\"access_token\":\"a\"}").expiresAt()).isNull();
    }

    private static TokenGrant grant(String base, String host) {
        return read(SETTINGS, "{\"access_token\":\"at\",\"api_domain\":\"%s\",\"host\":\"%s\"}".formatted(base, host));
    }

    private static TokenGrant read(OAuthSettings settings, String body) {
        return ((TokenAnswer.Granted)
                        new TokenReply(200, null, body.getBytes(StandardCharsets.UTF_8), NOW).read(settings))
                .grant();
    }
}
