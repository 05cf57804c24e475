package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the client proves itself at the token endpoint. */
public enum TokenAuth {
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("body")
    BODY,
    @JsonProperty("none")
    NONE,
    /** A signed assertion (RFC 7523). */
    @JsonProperty("private_key_jwt")
    PRIVATE_KEY_JWT
}
