package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;

/** A kind of place in which a key encryption key can live outside the vault. Each kind is one bean. */
public interface KeyManagementService {

    /** As the database records it, e.g. {@code aws-kms}; also the scheme of its keys' URIs. */
    String name();

    /**
     * The key that the URI names; nothing is asked of the service yet.
     *
     * @throws ConfigurationException saying what to write, when the URI or what goes with it is not complete
     */
    KeyEncryptionKey open(URI key);
}
