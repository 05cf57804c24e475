package io.flowmaestro.connections.vault;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.vault.legacy.LegacyEnvelopes;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** A key of its own for every run, so that no key ever stands in the sources. */
public class EncryptionKeyResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "ENCRYPTION_KEY", Base64.getEncoder().encodeToString(Random.randBytes(32)),
                "LEGACY_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(LegacyEnvelopes.JSON_KEY),
                "LEGACY_CREDENTIALS_KEY", HexFormat.of().formatHex(LegacyEnvelopes.COMPACT_KEY));
    }

    @Override
    public void stop() {}
}
