package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What the HTTP status of an answer means in MCP. */
final class Statuses {

    private Statuses() {}

    /** Passes a success on and turns everything else into a failure, having let go of the connection. */
    static Uni<EgressStream> require(EgressStream stream, SessionHeaders session, long id) {
        if (stream.status() / 100 == 2) {
            return Uni.createFrom().item(stream);
        }
        if (stream.status() == 400) {
            return stream.collect().map(response -> {
                throw new McpFailure(badRequest(response, session, id));
            });
        }
        stream.close();
        return Uni.createFrom().failure(new McpFailure(reason(stream.status(), session)));
    }

    private static Reason reason(int status, SessionHeaders session) {
        return switch (status) {
            case 401, 403 -> new Reason.Unauthorized(status);
            case 404 -> session.inSession() ? new Reason.SessionLost() : noEndpoint(status);
            case 405, 406, 410, 415 -> noEndpoint(status);
            case 301, 302, 303, 307, 308 ->
                new Reason.Protocol("it redirects elsewhere, and redirects are not followed;"
                        + " give the address it redirects to as server_url");
            default ->
                status == 429 || status >= 500
                        ? new Reason.Unreachable("it answers with status " + status)
                        : new Reason.Protocol("it answers with status " + status);
        };
    }

    private static Reason noEndpoint(int status) {
        return new Reason.Protocol("there is no MCP endpoint at this address, which answers with status " + status);
    }

    /**
     * Servers built on the SDK's examples answer an unknown session with 400 and an error that names no request. The
     * request was refused before it was looked at, so opening a new session and repeating it is safe.
     */
    private static Reason badRequest(EgressResponse response, SessionHeaders session, long id) {
        for (var message : readable(response)) {
            if (message instanceof Incoming.Failure(JsonNode answered, long code)) {
                boolean ours = message.answers(id);
                boolean unnamed = answered.isNull() || answered.isMissingNode();
                if (!ours && unnamed && session.inSession()) {
                    return new Reason.SessionLost();
                }
                return new Reason.Rejected(code);
            }
        }
        return new Reason.Protocol("it answers with status 400");
    }

    private static List<Incoming> readable(EgressResponse response) {
        try {
            return Incoming.read(response.body().getBytes());
        } catch (MalformedMessage e) {
            return List.of();
        }
    }
}
