package io.flowmaestro.connections.vault.legacy;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens envelopes of older systems. Their 16-byte IVs are what the vault's own primitive refuses, so this is the one
 * place that asks the JCA itself; it can only open.
 */
@Singleton
@Startup
public class LegacyKeys {

    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;

    private final Map<LegacyForm, SecretKeySpec> keys = new EnumMap<>(LegacyForm.class);

    LegacyKeys(LegacyKeysConfig config) {
        config.encryptionKey()
                .ifPresent(text -> keys.put(LegacyForm.JSON, key(LegacyForm.JSON, base64(text), "base64 of 32 bytes")));
        config.credentialsKey()
                .ifPresent(text ->
                        keys.put(LegacyForm.COMPACT, key(LegacyForm.COMPACT, hex(text), "64 hexadecimal digits")));
    }

    public boolean has(LegacyForm form) {
        return keys.containsKey(form);
    }

    /** Gives the plaintext, owned by the caller; fails with {@link DecryptionFailed} whatever the cause. */
    public byte[] open(LegacyEnvelope envelope) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    keys.get(envelope.form()),
                    new GCMParameterSpec(TAG_BITS, envelope.iv().toByteArray()));
            return cipher.doFinal(envelope.sealed().toByteArray());
        } catch (GeneralSecurityException notAuthentic) {
            throw new DecryptionFailed();
        }
    }

    private static SecretKeySpec key(LegacyForm form, Optional<byte[]> bytes, String expected) {
        var key = bytes.filter(known -> known.length == KEY_BYTES)
                .orElseThrow(() -> new ConfigurationException(
                        "%s must be %s, as the system that the envelopes come from had it. Leave it out when nothing is imported."
                                .formatted(form.variable(), expected)));
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text.strip()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
