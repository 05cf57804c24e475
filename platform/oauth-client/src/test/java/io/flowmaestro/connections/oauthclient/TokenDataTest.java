package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenDataTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void keepsTimesAsEpochMilliseconds() {
        var tokens =
                new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", NOW, NOW.plusSeconds(60), List.of("a"));
        var data = TokenData.write(tokens);
        assertThat(data.get("expires_at").longValue())
                .isEqualTo(NOW.plusSeconds(60).toEpochMilli());
        var read = TokenData.read(data);
        assertThat(read.accessToken().reveal()).isEqualTo("at");
        assertThat(read.refreshToken().reveal()).isEqualTo("rt");
        assertThat(read.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(read.issuedAt()).isEqualTo(NOW);
        assertThat(read.scope()).containsExactly("a");
        assertThat(read.toString()).doesNotContain("=at,").doesNotContain("=rt,");
    }

    /** RFC 3339 has years of four digits. */
    @Test
    void readsNoTimeThatNoAnswerOfOursCouldSay() {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", "at")
                .put("issued_at", -62_167_219_200_001L)
                .put("expires_at", 253_402_300_800_000L);
        assertThat(TokenData.read(data).expiresAt()).isNull();
        assertThat(TokenData.read(data).issuedAt()).isNull();
    }

    @Test
    void keepsWhatElseAConnectionHoldsThroughARefresh() {
        var data =
                JsonNodeFactory.instance.objectNode().put("access_token", "at").put("subdomain", "acme");
        var read = TokenData.read(data);
        var grant = new TokenGrant(Secret.of("at2"), null, "Bearer", NOW, null, List.of(), Account.UNKNOWN);

        var written = TokenData.write(read.renewedBy(grant));

        assertThat(written.path("subdomain").asText()).isEqualTo("acme");
        assertThat(written.path("access_token").asText()).isEqualTo("at2");
        assertThat(read.toString()).doesNotContain("acme");
    }

    @Test
    void readsDataWithNothingButAnAccessToken() {
        var read = TokenData.read(JsonNodeFactory.instance.objectNode().put("access_token", "at"));
        assertThat(read.refreshToken()).isNull();
        assertThat(read.expiresAt()).isNull();
        assertThat(read.expired(NOW)).isFalse();
    }

    @Test
    void aReplyWithoutRefreshTokenOrScopeKeepsTheOldOnes() {
        var old = new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", NOW, NOW, List.of("a"));
        var grant = new TokenGrant(Secret.of("at2"), null, "Bearer", NOW, null, List.of(), Account.UNKNOWN);
        var renewed = old.renewedBy(grant);
        assertThat(renewed.accessToken().reveal()).isEqualTo("at2");
        assertThat(renewed.refreshToken().reveal()).isEqualTo("rt");
        assertThat(renewed.scope()).containsExactly("a");
        assertThat(renewed.expiresAt()).isNull();
    }
}
