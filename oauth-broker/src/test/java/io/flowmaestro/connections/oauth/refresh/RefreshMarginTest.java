package io.flowmaestro.connections.oauth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshMarginTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private final RefreshMargin margin = new RefreshMargin(Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({
        "3600, 301, false",
        "3600, 300, true",
        "3600, -1, true",
        "60, 31, false",
        "60, 30, true",
        "600, 301, false",
        "600, 300, true"
    })
    void isFiveMinutesOrHalfTheLifetimeWhicheverIsShorter(long lifetime, long left, boolean due) {
        Instant expiry = NOW.plusSeconds(left);
        assertThat(margin.due(tokens(expiry.minusSeconds(lifetime), expiry), NOW))
                .isEqualTo(due);
    }

    @Test
    void isFiveMinutesWhereTheLifetimeIsNotKnown() {
        assertThat(margin.due(tokens(null, NOW.plusSeconds(299)), NOW)).isTrue();
        assertThat(margin.due(tokens(null, NOW.plusSeconds(301)), NOW)).isFalse();
    }

    @Test
    void aTokenWithoutExpiryIsNeverDue() {
        assertThat(margin.due(tokens(NOW, null), NOW)).isFalse();
    }

    private static OAuthTokens tokens(@Nullable Instant issuedAt, @Nullable Instant expiresAt) {
        return new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", issuedAt, expiresAt, List.of());
    }
}
