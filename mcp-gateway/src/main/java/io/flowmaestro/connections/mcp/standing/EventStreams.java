package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressGuard;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.egress.Refusal;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.session.Revisions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;

/** Opens conversations of the revision 2024-11-05: HTTP+SSE. */
@ApplicationScoped
public class EventStreams {

    private static final int LONGEST_ADDRESS = 4096;

    private final HttpTransport http;
    private final EgressGuard guard;
    private final StandingHandshake handshake;
    private final ClientSettings settings;

    EventStreams(HttpTransport http, EgressGuard guard, StandingHandshake handshake, ClientSettings settings) {
        this.http = http;
        this.guard = guard;
        this.handshake = handshake;
        this.settings = settings;
    }

    public Uni<Conversation> open(Upstream upstream, ObjectNode capabilities) {
        return Uni.createFrom()
                .deferred(() -> http.standingEvents(upstream))
                .ifNoItem()
                .after(upstream.deadline().remaining())
                .failWith(() -> new McpFailure(new Reason.TimedOut()))
                .invoke(EventStreams::require)
                .chain(stream -> converse(stream, upstream, capabilities))
                .onFailure()
                .transform(McpFailure::of);
    }

    private static void require(EgressStream stream) {
        var type = stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (stream.status() != 200 || !type.startsWith("text/event-stream")) {
            stream.close();
            throw new McpFailure(
                    stream.status() / 100 == 2
                            ? new Reason.NoEndpoint(stream.status())
                            : Statuses.reason(stream, false));
        }
    }

    private Uni<Conversation> converse(EgressStream stream, Upstream upstream, ObjectNode capabilities) {
        var inbox = new Inbox();
        var line = new EventLine(http, stream, inbox, settings.largestEvent());
        return line.read()
                .ifNoItem()
                .after(upstream.deadline().remaining())
                .failWith(() -> new McpFailure(new Reason.TimedOut()))
                .chain(written -> vetted(upstream.server().url(), written))
                .invoke(line::sendTo)
                .onFailure()
                .invoke(line::drop)
                .onCancellation()
                .invoke(line::drop)
                .chain(() -> handshake.over(line, inbox, upstream, Revisions.OLDEST, capabilities));
    }

    /** The credential goes wherever this address points to, so it must not leave the server's origin. */
    private Uni<String> vetted(String server, String written) {
        return Uni.createFrom()
                .item(() -> resolved(server, written))
                .chain(address -> Uni.combine()
                        .all()
                        .unis(
                                guard.vet(server),
                                guard.vet(address)
                                        .onFailure(EventStreams::isRefused)
                                        .transform(_ -> unusable()))
                        .asTuple()
                        .map(both -> {
                            if (!both.getItem1().origin().equals(both.getItem2().origin())) {
                                throw McpFailure.protocol("its endpoint event names an address of another origin");
                            }
                            return address;
                        }));
    }

    /** An address that may never be called; the operator's lists of hosts are told as such. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof EgressRefused refused && !(refused.reason() instanceof Refusal.NotPermitted);
    }

    private static McpFailure unusable() {
        return McpFailure.protocol("its endpoint event names no usable address");
    }

    private static String resolved(String server, String written) {
        if (written.length() > LONGEST_ADDRESS) {
            throw unusable();
        }
        try {
            return URI.create(server).resolve(URI.create(written.strip())).toString();
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }
}
