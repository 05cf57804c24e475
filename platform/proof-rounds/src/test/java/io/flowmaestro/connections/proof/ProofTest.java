package io.flowmaestro.connections.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProofTest {

    private final String rounds = System.getProperty(Proof.ROUNDS, "");
    private final String seed = System.getProperty(Proof.SEED, "");

    @BeforeEach
    void forget() {
        System.clearProperty(Proof.ROUNDS);
        System.clearProperty(Proof.SEED);
    }

    @AfterEach
    void restore() {
        forget();
        if (!rounds.isEmpty()) {
            System.setProperty(Proof.ROUNDS, rounds);
        }
        if (!seed.isEmpty()) {
            System.setProperty(Proof.SEED, seed);
        }
    }

    @Test
    void isOneRoundUnlessMoreAreAskedFor() {
        assertThat(Proof.of("x").rounds()).isEqualTo(1);
        assertThat(Proof.isDemanded()).isFalse();

        System.setProperty(Proof.ROUNDS, "100");

        assertThat(Proof.of("x").rounds()).isEqualTo(100);
        assertThat(Proof.isDemanded()).isTrue();
    }

    @Test
    void refusesToProveNothing() {
        System.setProperty(Proof.ROUNDS, "0");
        assertThatIllegalArgumentException().isThrownBy(() -> Proof.of("x"));
    }

    @Test
    void countsInPartsOfTheFullSize() {
        assertThat(Proof.of("x").times(20, 2)).isEqualTo(2);
        System.setProperty(Proof.ROUNDS, "50");
        assertThat(Proof.of("x").times(20, 2)).isEqualTo(10);
    }

    @Test
    void repeatsItsChanceForTheSameSeed() {
        System.setProperty(Proof.SEED, "7");
        assertThat(Proof.of("x").random().nextLong())
                .isEqualTo(Proof.of("y").random().nextLong());
    }

    @Test
    void printsOneLineWithItsFiguresInOrder() {
        System.setProperty(Proof.SEED, "7");
        var line = Proof.of("vault.x").figure("tried", 12).figure("accepted", 0).line();
        assertThat(line).matches("proof vault\\.x: tried=12, accepted=0, rounds=1, seconds=[0-9.]+, seed=7");
    }
}
