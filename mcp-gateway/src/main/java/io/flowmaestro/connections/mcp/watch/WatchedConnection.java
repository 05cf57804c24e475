package io.flowmaestro.connections.mcp.watch;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.OpenSession;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** One connection that is listened to. */
record WatchedConnection(McpConnections connections, McpClient client, UUID user, UUID connection, Duration check) {

    /** The connection is not what it was, and has to be opened anew. An expected outcome, hence without a stack. */
    private static final class Changed extends RuntimeException {
        Changed() {
            super("The connection has changed", null, false, false);
        }
    }

    /** What its server tells, for as long as the connection stays what it is. */
    Multi<Incoming.Notification> listen(Interest interest, Consumer<OpenSession> begun, Runnable opened) {
        return connections
                .generation(user, connection)
                .onItem()
                .transformToMulti(generation -> connections
                        .open(user, connection)
                        .onItem()
                        .transformToMulti(open -> listen(open, generation, interest, begun, opened)));
    }

    private Multi<Incoming.Notification> listen(
            McpConnection open, long generation, Interest interest, Consumer<OpenSession> begun, Runnable opened) {
        var told = client.changes(open.session(), open.server(), interest, begun, opened);
        var ended = told.onCompletion().failWith(Ended::new);
        return Multi.createBy()
                .merging()
                .streams(ended, checks(open.session(), generation))
                .onFailure(Ended.class)
                .recoverWithCompletion();
    }

    /** Says nothing, and fails as soon as the connection is not what it was. */
    private Multi<Incoming.Notification> checks(SessionKey session, long generation) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(check)
                .every(check)
                .onOverflow()
                .drop()
                .onItem()
                .transformToMultiAndConcatenate(_ -> look(session, generation)
                        .onItem()
                        .transformToMulti(_ -> Multi.createFrom().<Incoming.Notification>empty()));
    }

    private Uni<Void> look(SessionKey session, long generation) {
        return connections
                .generation(user, connection)
                .invoke(now -> {
                    if (now != generation) {
                        throw new Changed();
                    }
                    client.keep(session);
                })
                .onFailure(WatchedConnection::isNothingNew)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** A registry that does not answer says nothing about the connection. */
    private static boolean isNothingNew(Throwable failure) {
        return !(failure instanceof Changed)
                && !(failure instanceof ProblemException problem
                        && problem.code().status() / 100 == 4);
    }

    /** The server has ended the stream; a merged stream ends only when all of them do. */
    private static final class Ended extends RuntimeException {
        Ended() {
            super("The server has ended the stream", null, false, false);
        }
    }
}
