package io.flowmaestro.connections.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the HTTP status of an answer means in MCP. */
public final class Statuses {

    private Statuses() {}

    /** Passes a success on and turns everything else into a failure, having let go of the connection. */
    public static Uni<EgressStream> require(EgressStream stream, boolean inSession, long id) {
        if (stream.status() / 100 == 2) {
            return Uni.createFrom().item(stream);
        }
        if (stream.status() == 400) {
            return stream.collect().map(response -> {
                throw new McpFailure(badRequest(response, inSession, id));
            });
        }
        stream.close();
        return Uni.createFrom().failure(new McpFailure(reason(stream, inSession)));
    }

    /** What a status says, and the header Retry-After with it. */
    public static Reason reason(EgressStream stream, boolean inSession) {
        return reason(stream.status(), inSession, RetryAfter.of(stream.header("Retry-After"), Instant.now()));
    }

    /** What a status says by itself. */
    public static Reason reason(int status, boolean inSession) {
        return reason(status, inSession, Optional.empty());
    }

    private static Reason reason(int status, boolean inSession, Optional<Duration> retryAfter) {
        return switch (status) {
            case 401, 403 -> new Reason.Unauthorized(status);
            case 404 -> inSession ? new Reason.SessionLost() : new Reason.NoEndpoint(status);
            case 400, 405, 406, 410, 415 -> new Reason.NoEndpoint(status);
            case 301, 302, 303, 307, 308 ->
                new Reason.Protocol("it redirects elsewhere, and redirects are not followed;"
                        + " give the address it redirects to as server_url");
            case 429 -> new Reason.Busy(retryAfter);
            default ->
                status >= 500
                        ? new Reason.ServerBroken(status, retryAfter)
                        : new Reason.Protocol("it answers with status " + status);
        };
    }

    /**
     * Servers built on the SDK's examples answer an unknown session with 400 and an error that names no request. The
     * request was refused before it was looked at, so opening a new session and repeating it is safe.
     */
    private static Reason badRequest(EgressResponse response, boolean inSession, long id) {
        for (var message : readable(response)) {
            if (message instanceof Incoming.Failure(JsonNode answered, long code, ObjectNode error)) {
                boolean ours = message.answers(id);
                boolean unnamed = answered.isNull() || answered.isMissingNode();
                if (!ours && unnamed && inSession) {
                    return new Reason.SessionLost();
                }
                return new Reason.Rejected(code, error);
            }
        }
        return new Reason.NoEndpoint(400);
    }

    /** The messages of an error answer, none if it holds something else. */
    public static List<Incoming> readable(EgressResponse response) {
        try {
            return Incoming.read(response.body().getBytes());
        } catch (MalformedMessage e) {
            return List.of();
        }
    }
}
