package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the provider does PKCE; {@code rejected} means that a code challenge breaks its flow. */
public enum Pkce {
    @JsonProperty("required")
    REQUIRED,
    @JsonProperty("supported")
    SUPPORTED,
    @JsonProperty("unsupported")
    UNSUPPORTED,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("unknown")
    UNKNOWN
}
