package io.flowmaestro.connections.rates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.identity.Caller;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.UUID;

/** A bucket for each client and user, on this replica. */
public final class CallerBuckets {

    private static final Duration FORGOTTEN = Duration.ofMinutes(5);
    private static final long MOST_CALLERS = 100_000;

    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(FORGOTTEN)
            .executor(Runnable::run)
            .build();
    private final int atOnce;
    private final int refill;
    private final Duration period;

    /**
     * Buckets that are full at first.
     *
     * @param atOnce what a full one holds
     * @param refill how much comes back in a period, little by little; a bucket must be full again within five minutes
     */
    public CallerBuckets(int atOnce, int refill, Duration period) {
        this.atOnce = atOnce;
        this.refill = refill;
        this.period = period;
    }

    private record Key(String client, UUID user) {}

    /** Takes one out. Zero, or how long the caller has to wait for the next. */
    public Duration take(Caller caller) {
        var bucket = buckets.get(new Key(caller.via(), caller.subject()), _ -> bucket());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(refill, period))
                .build();
    }
}
