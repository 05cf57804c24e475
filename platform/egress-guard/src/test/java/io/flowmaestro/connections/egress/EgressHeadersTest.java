package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EgressHeadersTest {

    private final EgressHeaders headers = EgressHeaders.of(Map.of("Authorization", "Bearer hidden", "X-Own", "a"));

    @Test
    void theLatterValueCountsWhateverTheCaseOfTheName() {
        assertThat(headers.and(Map.of("x-own", "b")))
                .hasSize(2)
                .extractingByKey("X-OWN")
                .isEqualTo("b");
        assertThat(headers).extractingByKey("x-own").isEqualTo("a");
    }

    @Test
    void whatIsAddedIsLookedAt() {
        var split = Map.of("X-More", "a\r\nX-Evil: 1");
        assertThatThrownBy(() -> headers.and(split)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesAreNotInTheirText() {
        assertThat(headers.toString()).isEqualTo("2 headers");
    }
}
