package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.UUID;

/** Which replicas run and which keys they hold, so that none is left without the key that becomes primary. */
interface Replicas {

    Uni<Void> report(UUID replica, Set<UUID> held);

    Uni<Void> forget(UUID replica);
}
