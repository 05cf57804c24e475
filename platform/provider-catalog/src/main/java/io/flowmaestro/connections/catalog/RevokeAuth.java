package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a revocation request is authenticated. */
public enum RevokeAuth {
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("body")
    BODY,
    @JsonProperty("bearer")
    BEARER,
    @JsonProperty("none")
    NONE
}
