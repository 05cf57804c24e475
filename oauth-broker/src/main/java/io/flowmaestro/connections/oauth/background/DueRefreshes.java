package io.flowmaestro.connections.oauth.background;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Connections whose tokens end soon, which the registry knows. */
public interface DueRefreshes {

    /** One connection whose turn it is. */
    record Due(UUID id, UUID user, String provider) {}

    /**
     * Claims connections for this replica; nobody else gets them before the claim lapses.
     *
     * @param horizon how far ahead a token may end
     */
    Uni<List<Due>> claim(int most, Duration horizon, Duration claim);
}
