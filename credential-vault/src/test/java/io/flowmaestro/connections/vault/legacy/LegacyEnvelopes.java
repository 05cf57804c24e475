package io.flowmaestro.connections.vault.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.Random;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Envelopes as the older systems made them. */
public final class LegacyEnvelopes {

    public static final byte[] JSON_KEY = Random.randBytes(32);
    public static final byte[] COMPACT_KEY = Random.randBytes(32);

    private LegacyEnvelopes() {}

    public static Map<String, Object> json(String plaintext) {
        var iv = Random.randBytes(16);
        var sealed = seal(JSON_KEY, iv, plaintext);
        var end = sealed.length - 16;
        var hex = HexFormat.of();
        return Map.of(
                "iv", hex.formatHex(iv),
                "data", hex.formatHex(sealed, 0, end),
                "authTag", hex.formatHex(sealed, end, sealed.length));
    }

    public static String compact(String plaintext) {
        var iv = Random.randBytes(16);
        var sealed = seal(COMPACT_KEY, iv, plaintext);
        var end = sealed.length - 16;
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(iv);
        bytes.writeBytes(Arrays.copyOfRange(sealed, end, sealed.length));
        bytes.writeBytes(Arrays.copyOf(sealed, end));
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] seal(byte[] key, byte[] iv, String plaintext) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
            return cipher.doFinal(plaintext.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
