package io.flowmaestro.connections.oauth.connection;

import org.jspecify.annotations.Nullable;

/** What the registry says of a connection once it has made sure. */
public record Health(ConnectionStatus status, @Nullable String statusReason) {

    /**
     * Lets the connection be used.
     *
     * @throws io.flowmaestro.connections.http.ProblemException that names the status and what to do about it
     */
    public void requireActive() {
        if (status != ConnectionStatus.ACTIVE) {
            throw StoredConnection.notActive(status, statusReason);
        }
    }
}
