package io.flowmaestro.connections.vault.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Aes256GcmTest {

    private static final byte[] KEY = bytes("000102030405060708090a0b0c0d0e0ff0e0d0c0b0a090807060504030201000");
    private static final byte[] AAD = "where it belongs".getBytes(US_ASCII);
    private static final byte[] PLAINTEXT = "a secret".getBytes(US_ASCII);

    private final Aes256Gcm cipher = Aes256Gcm.of(KEY);

    @Nested
    class Seal {

        @Test
        void givesNonceCiphertextAndTagThatAnyOtherImplementationOpens() throws Exception {
            var sealed = cipher.seal(PLAINTEXT, AAD);

            var other = Cipher.getInstance("AES/GCM/NoPadding");
            other.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
            other.updateAAD(AAD);

            assertThat(other.doFinal(sealed, 12, sealed.length - 12)).isEqualTo(PLAINTEXT);
            assertThat(sealed).hasSize(12 + PLAINTEXT.length + 16);
        }

        @Test
        void drawsANewNonceForEveryMessage() {
            var nonces = new HashSet<String>();
            for (int i = 0; i < 10_000; i++) {
                nonces.add(HexFormat.of().formatHex(cipher.seal(PLAINTEXT, AAD), 0, 12));
            }
            assertThat(nonces).hasSize(10_000);
        }
    }

    @Nested
    class Open {

        @ParameterizedTest
        @CsvSource({
            // The test cases 13 to 15 of the GCM specification, and one with associated data, its test case 16.
            "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '', '', ''"
                    + ", 530f8afbc74536b9a963b4f1c4cb738b",
            "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, ''"
                    + ", 00000000000000000000000000000000, cea7403d4d606b6e074ec5d3baf39d18"
                    + ", d0d1c8a799996bf0265b98b5d48ab919",
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888"
                    + ", feedfacedeadbeeffeedfacedeadbeefabaddad2"
                    + ", d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b1"
                    + "6aedf5aa0de657ba637b39"
                    + ", 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5"
                    + "f61e6393ba7a0abcc9f662"
                    + ", 76fc6ece0f4e1768cddf8853bb2d551b",
        })
        void opensKnownAnswers(String key, String nonce, String aad, String plaintext, String ciphertext, String tag) {
            var opened = Aes256Gcm.of(bytes(key)).open(bytes(nonce + ciphertext + tag), bytes(aad));

            assertThat(HexFormat.of().formatHex(opened)).isEqualTo(plaintext);
        }

        @Test
        void refusesEveryFlippedBit() {
            var sealed = cipher.seal(PLAINTEXT, AAD);
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                var tampered = flipped(sealed, bit);
                assertThatThrownBy(() -> cipher.open(tampered, AAD)).isInstanceOf(DecryptionFailed.class);
            }
        }

        @Test
        void refusesEveryFlippedBitOfTheAssociatedData() {
            var sealed = cipher.seal(PLAINTEXT, AAD);
            for (int bit = 0; bit < AAD.length * 8; bit++) {
                var elsewhere = flipped(AAD, bit);
                assertThatThrownBy(() -> cipher.open(sealed, elsewhere)).isInstanceOf(DecryptionFailed.class);
            }
        }

        @Test
        void refusesEveryTruncation() {
            var sealed = cipher.seal(PLAINTEXT, AAD);
            for (int length = 0; length < sealed.length; length++) {
                var truncated = Arrays.copyOf(sealed, length);
                assertThatThrownBy(() -> cipher.open(truncated, AAD)).isInstanceOf(DecryptionFailed.class);
            }
        }

        @Test
        void refusesAnotherKey() {
            var sealed = Aes256Gcm.of(flipped(KEY, 0)).seal(PLAINTEXT, AAD);
            assertThatThrownBy(() -> cipher.open(sealed, AAD))
                    .isInstanceOf(DecryptionFailed.class)
                    .hasMessage("Decryption failed")
                    .hasNoCause();
        }
    }

    @Nested
    class Key {

        @ParameterizedTest
        @ValueSource(ints = {0, 16, 24, 31, 33, 64})
        void refusesEverythingButThirtyTwoBytes(int length) {
            assertThatIllegalArgumentException().isThrownBy(() -> Aes256Gcm.of(new byte[length]));
        }

        @Test
        void isCopiedSoThatTheCallerCanWipeItsOwn() {
            var key = KEY.clone();
            var mine = Aes256Gcm.of(key);
            Arrays.fill(key, (byte) 0);

            assertThat(mine.open(cipher.seal(PLAINTEXT, AAD), AAD)).isEqualTo(PLAINTEXT);
        }

        @Test
        void neverShows() {
            assertThat(cipher).hasToString("Aes256Gcm[redacted]");
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
