package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a tool stands to what was approved. */
public enum ToolState {
    UNCHANGED,
    /** Never approved. */
    NEW,
    /** Approved with another definition. */
    CHANGED,
    /** Approved, and no longer listed by the server. */
    REMOVED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
