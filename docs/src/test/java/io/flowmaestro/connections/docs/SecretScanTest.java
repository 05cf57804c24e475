package io.flowmaestro.connections.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No file of the repository holds anything that looks like a real credential. */
class SecretScanTest {
    /** Texts that have such a form on purpose: made up for a test, in a file that says so. */
    private static final List<String> MADE_UP = List.of();

    @Test
    void findsNoneInAnyFile() {
        assertThat(Checkout.files())
                .hasSizeGreaterThan(500)
                .flatExtracting(file -> Secrets.in(Checkout.text(file))
                        .map(secret -> Checkout.relative(file) + " " + secret)
                        .filter(found -> MADE_UP.stream().noneMatch(found::startsWith))
                        .toList())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void findsOneOfEveryForm(String secret) {
        assertThat(Secrets.in("first line\nkey = \"" + secret + "\"\n"))
                .singleElement()
                .asString()
                .startsWith("line 2: ");
    }

    /** Put together here, so that this file holds none. */
    static Stream<String> findsOneOfEveryForm() {
        String letters = "aB3".repeat(30);
        return Stream.of(
                "-----BEGIN " + "PRIVATE KEY-----\n" + letters,
                "AK" + "IA" + "ABCDEFGHIJKLMNOP",
                "gh" + "p_" + letters.substring(0, 36),
                "github" + "_pat_" + letters.substring(0, 70),
                "gl" + "pat-" + letters.substring(0, 20),
                "xo" + "xb-1234567890-" + letters.substring(0, 24),
                "AI" + "za" + letters.substring(0, 35),
                "ya" + "29." + letters,
                "sk" + "_live_" + letters.substring(0, 24),
                "sk" + "-proj-" + letters,
                "S" + "G." + letters.substring(0, 22) + "." + letters.substring(0, 43),
                "np" + "m_" + letters.substring(0, 36),
                "hv" + "s." + letters,
                "ey" + "J" + letters.substring(0, 30) + ".ey" + "J" + letters.substring(0, 30) + "."
                        + letters.substring(0, 43));
    }
}
