package io.flowmaestro.connections.mcp.ending;

import io.flowmaestro.connections.mcp.client.LeftSession;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Tells servers that sessions are over, with the credential of each, which the vault opens for it once more: by now the
 * registry may give out another one, or none. Best effort: a session that nobody ended is dropped by its server in time.
 */
@ApplicationScoped
public class Farewells {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int AT_ONCE = 8;

    private final McpConnections connections;

    Farewells(McpConnections connections) {
        this.connections = connections;
    }

    /** Takes 3 seconds at most, however many there are, and never fails. */
    public Uni<Void> say(List<LeftSession> left) {
        return Multi.createFrom()
                .iterable(left)
                .onItem()
                .transformToUni(this::say)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid()
                .ifNoItem()
                .after(LONGEST)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    private Uni<Void> say(LeftSession session) {
        return session.envelope()
                .map(envelope -> connections.former(session.key(), envelope).chain(session::close))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithNull();
    }
}
