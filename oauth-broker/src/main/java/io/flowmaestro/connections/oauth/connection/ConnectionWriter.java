package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.http.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals tokens and hands them to the registry. Both steps are safe to repeat, so a short absence of a peer is ridden out. */
@ApplicationScoped
public class ConnectionWriter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int REPEATS = 3;

    private final Sealing sealing;
    private final Connections connections;

    ConnectionWriter(Sealing sealing, Connections connections) {
        this.sealing = sealing;
        this.connections = connections;
    }

    /** The connection as it is now. */
    public Uni<StoredConnection> current(UUID owner, UUID connection) {
        return repeated(Uni.createFrom().deferred(() -> connections.require(owner, connection)));
    }

    /** The envelope of tokens that a provider has granted. */
    public Uni<JsonNode> seal(UUID owner, UUID connection, ObjectNode data) {
        return repeated(sealing.seal(owner, connection, data));
    }

    /** Makes a connection. Fails where it is not known whether it was made. */
    public Uni<GrantOutcome> create(NewConnection connection) {
        return repeated(connections.create(connection));
    }

    /**
     * Writes refreshed tokens over those of {@code expectedGeneration}, if they are still the ones.
     *
     * @param metadata members that replace those of the same name
     */
    public Uni<WriteOutcome> publish(
            UUID attempt,
            StoredConnection connection,
            long expectedGeneration,
            ObjectNode data,
            @Nullable Instant expiresAt,
            Map<String, Object> metadata) {
        return repeated(sealing.seal(connection.owner(), connection.id(), data))
                .map(envelope -> new NewCredential(
                        attempt,
                        connection.owner(),
                        connection.id(),
                        expectedGeneration,
                        envelope,
                        expiresAt,
                        true,
                        metadata))
                .chain(ready -> repeated(connections.publish(ready)));
    }

    /**
     * Writes a new grant over whatever the connection had: the user has just said what counts. Fails where it is not known
     * whether it was written.
     */
    public Uni<GrantOutcome> renew(NewCredential granted) {
        return repeated(connections.renew(granted));
    }

    /** The same, asked once: then {@link GrantOutcome.Moved} says for certain that it was not written. */
    public Uni<GrantOutcome> renewOnce(NewCredential granted) {
        return connections.renew(granted);
    }

    private static <T> Uni<T> repeated(Uni<T> call) {
        var here = CallerContext.current();
        return call.runSubscriptionOn(here)
                .onFailure(failure -> failure instanceof ProblemException problem
                        && problem.code().status() == 503)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(REPEATS)
                .emitOn(here);
    }
}
