package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the body of a token request is encoded. */
public enum TokenBody {
    @JsonProperty("form")
    FORM,
    @JsonProperty("json")
    JSON
}
