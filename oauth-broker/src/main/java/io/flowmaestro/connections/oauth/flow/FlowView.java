package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a flow stands: {@code pending}, {@code succeeded}, {@code failed} or, when nobody came back, {@code expired}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FlowView(
        UUID flowId,
        String provider,
        String status,
        @Nullable UUID connectionId,
        @Nullable String code,
        @Nullable String message,
        Instant expiresAt) {}
