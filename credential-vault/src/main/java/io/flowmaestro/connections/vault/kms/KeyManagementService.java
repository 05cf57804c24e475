package io.flowmaestro.connections.vault.kms;

import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import java.net.URI;

/** One kind of key management service, told from the others by the scheme of its keys' URIs. */
public interface KeyManagementService {

    default boolean knows(URI key) {
        return name().equals(key.getScheme());
    }

    /**
     * Makes ready to use a key; the service itself is not asked yet. Clients, connections and threads come to be here and
     * not before, so a vault with a local key pays nothing for them.
     *
     * <p>The key fails with {@code DecryptionFailed} when the service says that it did not make a ciphertext, or not with
     * this associated data, and with a {@code kms-unavailable} problem for everything else.
     *
     * @throws io.quarkus.runtime.configuration.ConfigurationException saying what to write instead
     */
    KeyEncryptionKey open(URI key);

    /** One fixed word for logs and the database, and the scheme of its keys' URIs; holds no secret. */
    String name();
}
