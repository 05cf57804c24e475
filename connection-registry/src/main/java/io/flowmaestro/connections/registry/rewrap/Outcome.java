package io.flowmaestro.connections.registry.rewrap;

import java.util.Locale;

/** How a row ends in a run. */
enum Outcome {
    REWRAPPED,
    UNCHANGED,
    FAILED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
