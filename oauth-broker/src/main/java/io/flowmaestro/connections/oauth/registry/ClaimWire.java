package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
record ClaimWire(int limit, @Nullable Long horizonSeconds, long claimSeconds) {}
