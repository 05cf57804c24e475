package io.flowmaestro.connections.emulator;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The client as the provider has it registered.
 *
 * @param key what its assertions are checked with, for {@code private_key_jwt}
 */
public record EmulatedClient(
        String id,
        String secret,
        String redirectUri,
        @Nullable PublicKey key) {

    public EmulatedClient(String id, String secret, String redirectUri) {
        this(id, secret, redirectUri, null);
    }
}
