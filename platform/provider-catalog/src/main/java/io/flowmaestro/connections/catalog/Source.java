package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a catalogue entry comes from. */
public enum Source {
    /** Shipped with the suite. */
    @JsonProperty("bundled")
    BUNDLED,
    /** A file of the operator's, which may have replaced a shipped one. */
    @JsonProperty("file")
    FILE,
    /** An administrator's, made through the API; it comes before files. */
    @JsonProperty("admin")
    ADMIN
}
