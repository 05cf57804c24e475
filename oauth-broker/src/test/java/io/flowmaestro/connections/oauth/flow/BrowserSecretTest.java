package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserSecretTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void aWellFormedCookieIsKeptSoThatTabsWorkSideBySide() {
        String cookie = BrowserSecret.of(null, RANDOM).value();
        assertThat(BrowserSecret.of(cookie, RANDOM).value()).isEqualTo(cookie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "<script>", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa="})
    void anythingElseIsReplaced(String cookie) {
        assertThat(BrowserSecret.of(cookie, RANDOM).value())
                .isNotEqualTo(cookie)
                .hasSize(43);
    }

    @Test
    void onlyTheSameBrowserMatches() {
        var secret = BrowserSecret.of(null, RANDOM);
        assertThat(secret.matches(secret.hash())).isTrue();
        assertThat(BrowserSecret.of(null, RANDOM).matches(secret.hash())).isFalse();
        assertThat(secret.toString()).doesNotContain(secret.value());
    }
}
