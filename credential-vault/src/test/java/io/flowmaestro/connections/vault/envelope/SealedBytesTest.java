package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedBytesTest {

    private final byte[] given = {1, 2, 3};
    private final SealedBytes sealed = SealedBytes.copyOf(given);

    @Test
    void equalsOthersOfTheSameContent() {
        assertThat(sealed)
                .isEqualTo(SealedBytes.copyOf(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(SealedBytes.copyOf(given));
        assertThat(sealed).isNotEqualTo(SealedBytes.copyOf(new byte[] {1, 2, 4}));
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOfOrGaveOut() {
        given[0] = 9;
        sealed.toByteArray()[1] = 9;
        assertThat(sealed.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void showsItsLengthAlone() {
        assertThat(sealed).hasToString("SealedBytes[3 bytes]");
    }
}
