package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedTest {
    @Test
    void showsTheStartOfALongSecret() {
        assertThat(Masked.secret("sk-demo-0123456789abcdef")).isEqualTo("sk-dem… (24 characters)");
    }

    @Test
    void showsNothingOfAShortSecret() {
        assertThat(Masked.secret("hunter2")).isEqualTo("… (7 characters)");
    }
}
