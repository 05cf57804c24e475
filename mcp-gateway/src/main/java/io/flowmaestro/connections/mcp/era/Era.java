package io.flowmaestro.connections.mcp.era;

/** What is spoken at an address. */
enum Era {
    /** 2026-07-28. */
    STATELESS,

    /** 2025-03-26 to 2025-11-25. */
    SESSIONS,

    /** 2024-11-05. */
    EVENT_STREAM
}
