package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.flowmaestro.connections.registry.event.EventType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a connection can be used: only an active one can. */
public enum ConnectionStatus {
    ACTIVE,
    /** A test failed on authentication. */
    INVALID,
    /** Refreshing is impossible. */
    EXPIRED,
    /** By the user or the provider; only a reconnect ends it. */
    REVOKED;

    public static final String ALLOWED = "active, invalid, expired, revoked";

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What happened to a connection that has come to this status. */
    public EventType event() {
        return switch (this) {
            case ACTIVE -> EventType.RECOVERED;
            case INVALID -> EventType.INVALID;
            case EXPIRED -> EventType.EXPIRED;
            case REVOKED -> EventType.REVOKED;
        };
    }

    public static Optional<ConnectionStatus> find(String wire) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(wire))
                .findFirst();
    }

    @JsonCreator
    public static ConnectionStatus of(String wire) {
        return find(wire).orElseThrow(() -> new IllegalArgumentException("status must be one of: " + ALLOWED));
    }
}
