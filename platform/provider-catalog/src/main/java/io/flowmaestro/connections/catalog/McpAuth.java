package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an MCP server asks of its callers. */
public enum McpAuth {
    @JsonProperty("none")
    NONE,
    @JsonProperty("api_key")
    API_KEY,
    @JsonProperty("bearer")
    BEARER,
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("oauth2")
    OAUTH2
}
