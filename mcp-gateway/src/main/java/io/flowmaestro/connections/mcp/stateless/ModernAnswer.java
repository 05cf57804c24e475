package io.flowmaestro.connections.mcp.stateless;

import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** What the HTTP status of an answer means in this revision, where a body tells a refusal from an absent endpoint. */
final class ModernAnswer {

    static final long HEADER_MISMATCH = -32020;
    static final long CAPABILITY_MISSING = -32021;
    static final long VERSION_UNSUPPORTED = -32022;

    private static final Set<Long> MODERN = Set.of(HEADER_MISMATCH, CAPABILITY_MISSING, VERSION_UNSUPPORTED);

    private ModernAnswer() {}

    /** Passes a success on and turns everything else into a failure, having let go of the connection. */
    static Uni<EgressStream> require(EgressStream stream, long id) {
        return switch (stream.status() / 100) {
            case 2 -> Uni.createFrom().item(stream);
            case 4 -> refused(stream, id);
            default -> {
                stream.close();
                yield Uni.createFrom().failure(new McpFailure(Statuses.reason(stream, false)));
            }
        };
    }

    private static Uni<EgressStream> refused(EgressStream stream, long id) {
        if (Set.of(401, 403, 429).contains(stream.status())) {
            stream.close();
            return Uni.createFrom().failure(new McpFailure(Statuses.reason(stream, false)));
        }
        return stream.collect().map(response -> {
            throw new McpFailure(reason(Statuses.readable(response), stream.status(), id));
        });
    }

    private static Reason reason(List<Incoming> messages, int status, long id) {
        for (var message : messages) {
            if (message instanceof Incoming.Failure failure
                    && (failure.answers(id) || MODERN.contains(failure.code()))) {
                return new Reason.Rejected(failure.code(), failure.error());
            }
        }
        return Statuses.reason(status, false);
    }

    static boolean rejected(Throwable failure, long code) {
        return failure instanceof McpFailure known
                && known.reason() instanceof Reason.Rejected rejected
                && rejected.code() == code;
    }

    /** Whether the revisions that the server names in a -32022 include this one. */
    static boolean supportsThis(Throwable failure) {
        return rejected(failure, VERSION_UNSUPPORTED)
                && failure instanceof McpFailure known
                && known.reason() instanceof Reason.Rejected rejected
                && rejected.error()
                        .path("data")
                        .path("supported")
                        .valueStream()
                        .anyMatch(version -> ModernRequest.REVISION.equals(version.textValue()));
    }
}
