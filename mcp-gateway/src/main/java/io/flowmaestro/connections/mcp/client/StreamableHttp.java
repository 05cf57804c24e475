package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The streamable HTTP transport: one POST per message, to the one endpoint of the server. */
@ApplicationScoped
class StreamableHttp {

    private static final String JSON = "application/json";
    private static final String JSON_OR_EVENTS = "application/json, text/event-stream";
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final EgressClient egress;
    private final long largestAnswer;

    StreamableHttp(EgressClient egress, ClientSettings settings) {
        this.egress = egress;
        this.largestAnswer = settings.largestAnswer();
    }

    /** The answer as soon as its headers are there, whatever its status. */
    Uni<EgressStream> post(Upstream upstream, SessionHeaders session, ObjectNode message) {
        return Uni.createFrom()
                .item(() -> request(
                                HttpMethod.POST,
                                upstream,
                                session,
                                upstream.deadline().remaining())
                        .withBody(Buffer.buffer(McpJson.write(message))))
                .chain(egress::stream);
    }

    /** Ends a session. A server that does not care to is left alone. */
    Uni<Void> delete(Upstream upstream, SessionHeaders session) {
        return Uni.createFrom()
                .item(() -> request(HttpMethod.DELETE, upstream, session, CLOSING))
                .chain(egress::send)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private EgressRequest request(HttpMethod method, Upstream upstream, SessionHeaders session, Duration timeout) {
        return EgressRequest.of(method, upstream.server().url())
                .withHeaders(headers(upstream, session))
                .withIdleTimeout(timeout)
                .withTimeout(timeout)
                .withMaxBody(largestAnswer);
    }

    /** The protocol's own headers come last: a user's header can add to a call, never bend it. */
    private static Map<String, String> headers(Upstream upstream, SessionHeaders session) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(upstream.server().headers());
        headers.put("Content-Type", JSON);
        headers.put("Accept", JSON_OR_EVENTS);
        headers.putAll(session.headers());
        return headers;
    }
}
