package io.flowmaestro.connections.production;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "any", "ANY", " any "})
    void findsOneThatLetsAnybodyIn(String audience) {
        assertThat(AudienceCheck.complaint("CONNECTIONS_AUDIENCE", audience))
                .hasValueSatisfying(complaint -> assertThat(complaint).startsWith("CONNECTIONS_AUDIENCE must be "));
    }

    @Test
    void isContentWithOneOfOurOwn() {
        assertThat(AudienceCheck.complaint("CONNECTIONS_AUDIENCE", "connections"))
                .isEmpty();
    }
}
