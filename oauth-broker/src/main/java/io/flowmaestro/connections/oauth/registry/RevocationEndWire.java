package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
record RevocationEndWire(String outcome, @Nullable Long retryAfterSeconds, long credentialGeneration) {}
