package io.flowmaestro.connections.vault.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalBytesTest {

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void putsTheLengthBeforeEveryField() {
        assertBytes("00000002" + "c3bc", new CanonicalBytes().text("ü"));
        assertBytes("00000000", new CanonicalBytes().text(""));
        assertBytes("00000004" + "00000102", new CanonicalBytes().number(258));
        assertBytes("00000008" + "ffffffffffffffff", new CanonicalBytes().longNumber(-1));
        assertBytes("00000010" + "00112233445566778899aabbccddeeff", new CanonicalBytes().id(ID));
    }

    @Test
    void tellsAFieldThatIsAbsentFromOneThatIsEmpty() {
        assertBytes("ffffffff", new CanonicalBytes().text(null));
        assertBytes("ffffffff", new CanonicalBytes().number(null));
        assertBytes("ffffffff", new CanonicalBytes().id(null));
    }

    @Test
    void keepsTheOrderAndTheEdgesOfFields() {
        assertThat(new CanonicalBytes().text("ab").text("c").toByteArray())
                .isNotEqualTo(new CanonicalBytes().text("a").text("bc").toByteArray())
                .isNotEqualTo(new CanonicalBytes().text("c").text("ab").toByteArray());
    }

    @Test
    void growsWithWhatIsPutIntoIt() {
        var longest = "x".repeat(3_000);
        var bytes =
                new CanonicalBytes().text("first").text(longest).text("last").toByteArray();

        assertThat(bytes).hasSize(3 * 4 + 5 + 3_000 + 4);
        assertThat(new String(bytes, UTF_8)).contains("first").contains(longest).endsWith("last");
    }

    private static void assertBytes(String hex, CanonicalBytes bytes) {
        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(hex);
    }
}
