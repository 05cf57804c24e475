package io.flowmaestro.connections.local.peers;

import java.util.Locale;

/** What the gateway is to the conformance suite. */
public enum Side {
    SERVER,
    CLIENT;

    /** The suite's word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
