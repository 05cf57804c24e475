package io.flowmaestro.connections.migration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals as FlowMaestro did, in both of its forms, and opens what arrives elsewhere. AES-256-GCM, 16-byte IV and tag. */
public final class LegacySealing {
    private static final int TAG_BYTES = 16;

    private final SecretKeySpec key;

    public LegacySealing() {
        key = new SecretKeySpec(random(32), "AES");
    }

    /** {@code {"iv", "data", "authTag"}} in hexadecimal. */
    public String object(String plaintext) {
        byte[] iv = random(16);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, iv, plaintext.getBytes(StandardCharsets.UTF_8));
        HexFormat hex = HexFormat.of();
        return "{\"iv\":\"%s\",\"data\":\"%s\",\"authTag\":\"%s\"}"
                .formatted(
                        hex.formatHex(iv),
                        hex.formatHex(sealed, 0, sealed.length - TAG_BYTES),
                        hex.formatHex(sealed, sealed.length - TAG_BYTES, sealed.length));
    }

    /** Base64 of IV, tag and ciphertext. */
    public String compact(String plaintext) {
        byte[] iv = random(16);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, iv, plaintext.getBytes(StandardCharsets.UTF_8));
        int length = sealed.length - TAG_BYTES;
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(16 + sealed.length)
                        .put(iv)
                        .put(sealed, length, TAG_BYTES)
                        .put(sealed, 0, length)
                        .array());
    }

    public String openCompact(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        byte[] sealed = Arrays.copyOfRange(bytes, 32, bytes.length + TAG_BYTES);
        System.arraycopy(bytes, 16, sealed, sealed.length - TAG_BYTES, TAG_BYTES);
        return open(Arrays.copyOf(bytes, 16), sealed);
    }

    public String openObject(String iv, String data, String authTag) {
        return open(HexFormat.of().parseHex(iv), HexFormat.of().parseHex(data + authTag));
    }

    private String open(byte[] iv, byte[] sealed) {
        return new String(run(Cipher.DECRYPT_MODE, iv, sealed), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
