package io.flowmaestro.connections.registry.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a user's connections are.
 *
 * @param total live connections
 * @param healthy active ones whose last test did not fail
 * @param failing ones that were refused by their provider
 * @param expiring active ones that end within the notice time and cannot be refreshed
 * @param untested ones that no test has said anything about yet
 * @param testedLast24Hours ones about which a test said something in the last 24 hours
 * @param attention those that need something done, worst first, at most 100
 */
record HealthSummary(
        long total,
        long healthy,
        long failing,
        long expired,
        long revoked,
        long expiring,
        long untested,
        @JsonProperty("tested_last_24_hours") long testedLast24Hours,
        @Nullable Instant oldestTest,
        List<Attention> attention) {

    /** A connection that needs something done. */
    record Attention(
            UUID id,
            String name,
            String provider,
            String connectionMethod,
            String status,
            @Nullable String statusReason,
            @Nullable Instant expiresAt,
            @Nullable Instant lastTestedAt) {}

    /** The same of all users together, in numbers only. */
    record Overall(Map<String, Long> byStatus, Map<String, Map<String, Long>> byProvider) {}
}
