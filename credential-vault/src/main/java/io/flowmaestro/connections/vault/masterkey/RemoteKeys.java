package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Key encryption keys that live in a key management service. */
public interface RemoteKeys {

    /**
     * The key behind a URI, ready to use; the service itself is not asked yet.
     *
     * @param uri as the operator wrote it
     * @throws ConfigurationException if it names no key; the message says what to write, and quotes nothing
     */
    ConfiguredKey open(String uri);
}
