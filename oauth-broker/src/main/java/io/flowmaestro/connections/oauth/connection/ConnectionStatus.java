package io.flowmaestro.connections.oauth.connection;

import java.util.Locale;

/** Whether a connection can be used. */
public enum ConnectionStatus {
    ACTIVE,
    INVALID,
    EXPIRED,
    REVOKED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
