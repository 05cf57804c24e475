package io.flowmaestro.connections.oauth.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Connections whose tokens are to be ended at their providers, which the registry knows: it owns the rows. */
public interface RevocationQueue {

    /**
     * One connection, which may be deleted.
     *
     * @param envelope of its tokens
     */
    record Claimed(UUID id, UUID user, String provider, long generation, JsonNode envelope) {}

    /** Claims connections for this replica; nobody else gets them before the claim lapses. */
    Uni<List<Claimed>> claim(int most, Duration claim);

    /** A last look, in one step with the registry: whoever reconnects comes before it, and is seen, or after it. */
    Uni<Standing> standing(Claimed connection, Duration claim);

    /** Ends the matter, or puts it off where the provider was away. Safe to repeat. */
    Uni<Void> end(Claimed connection, RevocationOutcome outcome);
}
