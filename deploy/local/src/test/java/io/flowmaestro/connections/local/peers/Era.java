package io.flowmaestro.connections.local.peers;

import java.util.Locale;

/** How requests belong together. */
public enum Era {
    /** 2025-11-25 and before. */
    SESSIONS,
    /** 2026-07-28. */
    STATELESS;

    static Era of(String revision) {
        return revision.compareTo("2026-07-28") < 0 ? SESSIONS : STATELESS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
