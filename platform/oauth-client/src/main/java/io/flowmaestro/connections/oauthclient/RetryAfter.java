package io.flowmaestro.connections.oauthclient;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider's Retry-After, kept within bounds that we are willing to pass on. */
final class RetryAfter {

    private static final long LONGEST_SECONDS = 3600;

    private RetryAfter() {}

    /** Whole seconds only; the date form is taken as absent, since the provider's clock may differ from ours. */
    static Duration parse(@Nullable String header, Duration otherwise) {
        if (header == null || !header.strip().matches("\\d{1,9}")) {
            return otherwise;
        }
        return Duration.ofSeconds(Math.clamp(Long.parseLong(header.strip()), 1, LONGEST_SECONDS));
    }
}
