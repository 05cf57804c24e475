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
    /** HTTP Basic with the client secret as user and no password. */
    @JsonProperty("basic_secret_key")
    BASIC_SECRET_KEY,
    /** The headers in which API calls carry the access token. */
    @JsonProperty("header")
    HEADER,
    @JsonProperty("none")
    NONE
}
