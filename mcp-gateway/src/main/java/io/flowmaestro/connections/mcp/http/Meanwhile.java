package io.flowmaestro.connections.mcp.http;

import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** What is done with everything that comes before the answer. */
public interface Meanwhile {

    void notified(Incoming.Notification notification);

    /** Answers a request of the server. Must not fail. */
    Uni<Void> asked(Incoming.Request request);

    /**
     * The rest of an event stream that ended early, asked for after that pause; empty where the era knows of no such
     * thing.
     */
    Optional<Uni<EgressStream>> resume(String lastEventId, Duration pause);
}
