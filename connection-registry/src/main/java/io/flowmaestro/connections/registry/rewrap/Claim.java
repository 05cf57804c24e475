package io.flowmaestro.connections.registry.rewrap;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows of one store that one worker has in hand for a run.
 *
 * @param until the lease, by PostgreSQL's clock
 * @param workBefore no row is begun from here on, by the clock of the process: its call could outlast the lease
 * @param rows ids by their owner
 */
record Claim(Store store, long run, OffsetDateTime until, Instant workBefore, Map<UUID, List<UUID>> rows) {

    int size() {
        return rows.values().stream().mapToInt(List::size).sum();
    }
}
