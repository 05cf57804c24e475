package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Gives out the credential of a stored connection for the time of a test. The registry cannot open it by itself. */
public interface CredentialSource {

    /**
     * A credential.
     *
     * @param data in the clear
     * @param generation of the credential; a refresh on the way has moved it
     */
    record Fetched(JsonNode data, long generation) {
        @Override
        public String toString() {
            return "Fetched[***]";
        }
    }

    /**
     * The connection's data in the clear, an OAuth token refreshed if it was due.
     *
     * <p>Fails with the problem {@code connection-not-active} when only a reconnect helps, with
     * {@code connection-not-found} when it is gone, and with {@code broker-unavailable} otherwise.
     */
    Uni<Fetched> fetch(UUID user, UUID connection);
}
