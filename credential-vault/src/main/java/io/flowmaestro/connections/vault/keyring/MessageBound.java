package io.flowmaestro.connections.vault.keyring;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;

/** Refuses to start with a bound of messages that protects nothing, or that leaves no room for a batch. */
@Singleton
@Startup
class MessageBound {

    /** What NIST SP 800-38D allows with random 96-bit nonces. */
    private static final long HIGHEST = 1L << 32;

    private static final long LARGEST_BATCH = 100;

    MessageBound(DataKeyConfig config) {
        if (config.reservation() < 1
                || config.maximumMessages() < Math.max(LARGEST_BATCH, config.reservation())
                || config.maximumMessages() > HIGHEST) {
            throw new ConfigurationException(
                    "vault.data-key.maximum-messages must be %d to %d and no less than vault.data-key.reservation, which must be at least 1."
                            .formatted(LARGEST_BATCH, HIGHEST));
        }
    }
}
