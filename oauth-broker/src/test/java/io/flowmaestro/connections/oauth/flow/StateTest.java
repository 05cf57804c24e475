package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void has256BitsAndNeverRepeats() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            String value = State.random(RANDOM).value();
            assertThat(Base64.getUrlDecoder().decode(value)).hasSize(32);
            assertThat(seen.add(value)).isTrue();
        }
    }

    @Test
    void isStoredAsItsSha256() throws Exception {
        var state = State.random(RANDOM);
        assertThat(state.hash().bytes().getBytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(state.value().getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void doesNotPrintItself() {
        var state = State.random(RANDOM);
        assertThat(state.toString()).doesNotContain(state.value());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "short",
                "has spaces in it has spaces in it has spaces",
                "' or 1=1 --",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0000"
            })
    void whatCannotBeOursIsNotLookedUp(String presented) {
        assertThat(State.presented(presented)).isEmpty();
    }
}
