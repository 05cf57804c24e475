package io.flowmaestro.connections.oauth.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something read from the registry, and when. */
record Remembered<T>(T value, @Nullable String etag, Instant checkedAt) {

    Remembered<T> confirmed(Instant now) {
        return new Remembered<>(value, etag, now);
    }
}
