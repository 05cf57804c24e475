package io.flowmaestro.connections.vault.masterkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeyTextTest {

    @Test
    void readsThirtyTwoBytesOfBase64() {
        var key = random(32);

        assertThat(EncryptionKeyText.parse("ENCRYPTION_KEY", base64(key), true)).isEqualTo(key);
        assertThat(EncryptionKeyText.parse("ENCRYPTION_KEY", base64(key) + "\n", true))
                .as("as a file ends")
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesNone(String text) {
        assertRefused(text, false, "ENCRYPTION_KEY is missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 24, 31, 33, 48, 64})
    void refusesAnotherLengthAndSaysWhichItHas(int length) {
        assertRefused(base64(random(length)), false, "exactly 32 bytes, but decodes to " + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "c2hvcnQ=c2hvcnQ=", "____________________________________________"})
    void refusesWhatIsNotBase64WithoutQuotingIt(String text) {
        assertThatThrownBy(() -> EncryptionKeyText.parse("ENCRYPTION_KEY", text, false))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageContaining("not base64")
                .hasMessageNotContaining(text);
    }

    @Test
    void refusesAllZerosInEveryProfile() {
        assertRefused(base64(new byte[32]), false, "all zeros");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcdef",
                "your-32-byte-encryption-key-here",
                "abcdefghijklmnopqrstuvwxyz123456",
                "passwordpasswordpasswordpassword",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"
            })
    void refusesKnownAndPatternedKeysInProductionOnly(String text) {
        var encoded = base64(text.getBytes(US_ASCII));

        assertRefused(encoded, true, "well-known or patterned");
        assertThat(EncryptionKeyText.parse("ENCRYPTION_KEY", encoded, false)).isEqualTo(text.getBytes(US_ASCII));
    }

    @Test
    void takesAnyRandomKeyInProduction() {
        for (int i = 0; i < 1000; i++) {
            assertThat(EncryptionKeyText.parse("ENCRYPTION_KEY", base64(random(32)), true))
                    .hasSize(32);
        }
    }

    @Test
    void wipesTheBytesOnceTheKeyIsMade() {
        var key = random(32);
        LocalKey.of(key);
        assertThat(key).containsOnly(0);
    }

    private static void assertRefused(String text, boolean production, String reason) {
        assertThatThrownBy(() -> EncryptionKeyText.parse("ENCRYPTION_KEY", text, production))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("openssl rand -base64 32");
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Arrays.copyOf(bytes, length);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
