package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    @Test
    void keepsWhatCanBeShown() {
        assertThat(Account.of("42", "Ali\u00e7e <a@b>").name()).isEqualTo("Ali\u00e7e <a@b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\nb"})
    void leavesOutWhatCannot(String text) {
        assertThat(Account.of(text, text)).isEqualTo(Account.UNKNOWN);
        assertThat(Account.of("x".repeat(201), null).id()).isNull();
    }

    @Test
    void isCompletedByWhatTheTokenAnswerSaid() {
        assertThat(Account.of("1", null).or(Account.of("2", "b"))).isEqualTo(Account.of("1", "b"));
    }
}
