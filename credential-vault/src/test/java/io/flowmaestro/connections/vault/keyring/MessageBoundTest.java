package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageBoundTest {

    @ParameterizedTest
    @CsvSource({"100, 1", "100, 100", "4294967296, 4096"})
    void takesABoundThatProtectsAndLeavesRoomForABatch(long maximum, long reservation) {
        assertThatCode(() -> new MessageBound(new Bound(maximum, reservation))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "99, 1", "4294967297, 1", "1000, 0", "1000, 1001"})
    void refusesOneThatDoesNot(long maximum, long reservation) {
        assertThatThrownBy(() -> new MessageBound(new Bound(maximum, reservation)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("vault.data-key.maximum-messages");
    }

    private record Bound(long maximumMessages, long reservation) implements DataKeyConfig {}
}
