package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.registry.data.Secret;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Seals the secrets that deliveries are signed with, and opens them again to sign. */
public interface WebhookSecrets {

    /** The envelope, JSON text. Fails with the problem {@code vault-unavailable}. */
    Uni<String> seal(UUID user, UUID webhook, Secret secret);

    /** The vault will not open the secret, now or later. */
    final class Unopenable extends RuntimeException {
        public Unopenable(Throwable cause) {
            super("the secret does not open", cause);
        }
    }

    /** Fails with {@link Unopenable}, or with anything else while the vault is away. */
    Uni<Secret> open(UUID user, UUID webhook, String envelope);
}
