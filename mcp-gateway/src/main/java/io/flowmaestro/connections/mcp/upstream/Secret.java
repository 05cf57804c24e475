package io.flowmaestro.connections.mcp.upstream;

import com.fasterxml.jackson.annotation.JsonIgnoreType;

/** A credential in memory for one call. {@link #reveal()} is the only way to read it. */
@JsonIgnoreType
public final class Secret {

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
