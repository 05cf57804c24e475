package io.flowmaestro.connections.registry.provider;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.UUID;

/** Where in the vault the secrets of clients belong: they are nobody's, so a fixed user stands for the suite itself. */
public final class ClientRecords {

    public static final UUID KEY_SCOPE = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final String PREFIX = "urn:flowmaestro:connections:provider:";

    private ClientRecords() {}

    /** The UUIDv5 of the provider's key (RFC 9562), URL namespace: the same when an entry is deleted and made anew. */
    public static UUID of(String key) {
        return Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_URL).generate(PREFIX + key);
    }
}
