package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which data keys, of whatever user, are still wrapped by a former key encryption key. */
interface DueWrappings {

    /** A data key, by its place. */
    record Due(KeyScope scope, KeyVersion version) {}

    /** Claims some for 30 seconds; a crash leaves claims that lapse. */
    Uni<List<Due>> claim(Set<UUID> retiring, int limit);

    /** Retires those former keys by which nothing is wrapped any more, and gives their ids. */
    Uni<List<UUID>> retire(Set<UUID> retiring);
}
