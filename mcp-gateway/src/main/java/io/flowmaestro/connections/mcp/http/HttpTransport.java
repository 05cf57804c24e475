package io.flowmaestro.connections.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressHeaders;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.authorization.Authorized;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP as MCP uses it: one POST per message, an event stream for whoever asks with GET. Redirects are never followed. */
@Singleton
public class HttpTransport {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String JSON_OR_EVENTS = JSON + ", " + EVENTS;
    private static final EgressHeaders ACCEPTS_EVENTS = EgressHeaders.of(Map.of("Accept", EVENTS));
    private static final EgressHeaders ACCEPTS_ANSWERS = EgressHeaders.of(Map.of("Accept", JSON_OR_EVENTS));
    private static final EgressHeaders SENDS_JSON =
            EgressHeaders.of(Map.of("Accept", JSON_OR_EVENTS, "Content-Type", JSON));
    private static final Duration ASIDE = Duration.ofSeconds(2);

    private final EgressClient egress;
    private final ClientSettings settings;

    HttpTransport(EgressClient egress, ClientSettings settings) {
        this.egress = egress;
        this.settings = settings;
    }

    /** The answer as soon as its headers are there, whatever its status. */
    public Uni<EgressStream> post(Upstream upstream, Map<String, String> era, ObjectNode message) {
        return post(upstream.server().url(), upstream, era, message);
    }

    /** The same to another address than the server's own. */
    public Uni<EgressStream> post(String url, Upstream upstream, Map<String, String> era, ObjectNode message) {
        return Authorized.call(
                upstream.server(),
                own -> egress.stream(posting(
                        url, upstream, own, era, message, upstream.deadline().remaining())));
    }

    /** An event stream, within the time of the operation. */
    public Uni<EgressStream> events(Upstream upstream, Map<String, String> era) {
        return Authorized.call(
                upstream.server(),
                own -> egress.stream(request(
                        HttpMethod.GET,
                        upstream.server().url(),
                        upstream,
                        headers(own, ACCEPTS_EVENTS, era),
                        null,
                        upstream.deadline().remaining())));
    }

    /** An event stream that outlives the operation. */
    public Uni<EgressStream> standingEvents(Upstream upstream) {
        return Authorized.call(
                upstream.server(),
                own -> egress.standingStream(getting(upstream, own, Map.of()).withIdleTimeout(settings.sessionIdle())));
    }

    /** The same for what is told while no call is under way: there may be nothing to tell for as long as it stands. */
    public Uni<EgressStream> standingChanges(Upstream upstream, Map<String, String> era) {
        return Authorized.call(upstream.server(), own -> egress.standingStream(getting(upstream, own, era)));
    }

    /** An answer that outlives the operation. */
    public Uni<EgressStream> standingPost(Upstream upstream, Map<String, String> era, ObjectNode message) {
        return Authorized.call(
                upstream.server(),
                own -> egress.standingStream(standing(
                        posting(upstream.server().url(), upstream, own, era, message, settings.longestStream()))));
    }

    private EgressRequest getting(Upstream upstream, Map<String, String> own, Map<String, String> era) {
        return standing(request(
                HttpMethod.GET,
                upstream.server().url(),
                upstream,
                headers(own, ACCEPTS_EVENTS, era),
                null,
                settings.longestStream()));
    }

    private EgressRequest standing(EgressRequest request) {
        return request.withMaxBody(settings.largestStream());
    }

    /**
     * Says something that the outcome does not hang on, within 2 seconds of its own, and goes on when nobody waits for it
     * any more. Never fails: what the server does with it is its own business.
     */
    public Uni<Void> tell(Upstream upstream, Map<String, String> era, ObjectNode message) {
        return tell(upstream.server().url(), upstream, era, message);
    }

    /**
     * The same to another address than the server's own. It is short, and the user's calls may wait for it (an answer to a
     * question in mid-call), so it needs none of the places that they have.
     */
    public Uni<Void> tell(String url, Upstream upstream, Map<String, String> era, ObjectNode message) {
        return aside(Uni.createFrom()
                .item(() -> posting(url, upstream, upstream.server().headers(), era, message, ASIDE)
                        .withOwner(null))
                .chain(egress::stream)
                .invoke(EgressStream::close)
                .replaceWithVoid());
    }

    /** Ends a session. A server that does not care to is left alone. */
    public Uni<Void> delete(Upstream upstream, Map<String, String> era) {
        return aside(Uni.createFrom()
                .item(() -> request(
                        HttpMethod.DELETE,
                        upstream.server().url(),
                        upstream,
                        headers(upstream.server().headers(), ACCEPTS_ANSWERS, era),
                        null,
                        ASIDE))
                .chain(egress::send)
                .replaceWithVoid());
    }

    private static Uni<Void> aside(Uni<Void> message) {
        return Detached.call(message.onFailure().recoverWithNull());
    }

    private EgressRequest posting(
            String url,
            Upstream upstream,
            Map<String, String> own,
            Map<String, String> era,
            ObjectNode message,
            Duration timeout) {
        return request(
                HttpMethod.POST,
                url,
                upstream,
                headers(own, SENDS_JSON, era),
                Buffer.buffer(McpJson.write(message)),
                timeout);
    }

    /** The protocol's own headers come last: a user's header can add to a call, never bend it. */
    private static EgressHeaders headers(Map<String, String> own, EgressHeaders media, Map<String, String> era) {
        return EgressHeaders.of(own).and(media).and(era);
    }

    /** On behalf of the user whose connection it is. */
    private EgressRequest request(
            HttpMethod method,
            String url,
            Upstream upstream,
            EgressHeaders headers,
            @Nullable Buffer body,
            Duration timeout) {
        return new EgressRequest(
                method,
                url,
                headers,
                body,
                timeout,
                timeout,
                settings.largestAnswer(),
                upstream.server().user());
    }
}
