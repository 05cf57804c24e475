package io.flowmaestro.connections.mcp.era;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Conversations;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.session.SessionHandshake;
import io.flowmaestro.connections.mcp.standing.EventStreams;
import io.flowmaestro.connections.mcp.standing.WebSockets;
import io.flowmaestro.connections.mcp.stateless.StatelessDiscovery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Opens a conversation in the newest way that the server knows (2026-07-28, streamable HTTP, "Backward Compatibility").
 * What was found is remembered, and looked for anew as soon as it does not hold.
 */
@ApplicationScoped
class EraDetection implements Conversations {

    private final StatelessDiscovery stateless;
    private final SessionHandshake sessions;
    private final EventStreams eventStreams;
    private final WebSockets webSockets;
    private final Verdicts verdicts;

    EraDetection(
            StatelessDiscovery stateless,
            SessionHandshake sessions,
            EventStreams eventStreams,
            WebSockets webSockets,
            Verdicts verdicts) {
        this.stateless = stateless;
        this.sessions = sessions;
        this.eventStreams = eventStreams;
        this.webSockets = webSockets;
        this.verdicts = verdicts;
    }

    @Override
    public Uni<Conversation> open(Upstream upstream, ObjectNode capabilities) {
        if (upstream.server().isWebSocket()) {
            return webSockets.open(upstream, capabilities);
        }
        return verdicts.of(upstream.server())
                .map(era -> open(era, upstream, capabilities)
                        .onFailure(EraDetection::isOfAnotherEra)
                        .recoverWithUni(() -> {
                            verdicts.forget(upstream.server());
                            return detect(upstream, capabilities);
                        }))
                .orElseGet(() -> detect(upstream, capabilities));
    }

    private Uni<Conversation> open(Era era, Upstream upstream, ObjectNode capabilities) {
        return switch (era) {
            case STATELESS -> stateless.open(upstream, capabilities);
            case SESSIONS -> sessions.open(upstream, capabilities);
            case EVENT_STREAM -> eventStreams.open(upstream, capabilities);
        };
    }

    private Uni<Conversation> detect(Upstream upstream, ObjectNode capabilities) {
        return found(Era.STATELESS, upstream, capabilities)
                .onFailure(failure -> mayBeOlder(failure, upstream))
                .recoverWithUni(() -> found(Era.SESSIONS, upstream, capabilities))
                .onFailure(EraDetection::takesNoPosts)
                .recoverWithUni(refusal -> oldest(upstream, capabilities, refusal));
    }

    /** Where there is no event stream either, the refusal of the newer revisions says more. */
    private Uni<Conversation> oldest(Upstream upstream, ObjectNode capabilities, Throwable refusal) {
        return found(Era.EVENT_STREAM, upstream, capabilities)
                .onFailure(EraDetection::isNoStream)
                .transform(_ -> refusal);
    }

    private static boolean takesNoPosts(Throwable failure) {
        return failure instanceof McpFailure known
                && known.reason() instanceof Reason.NoEndpoint(int status)
                && Set.of(400, 404, 405).contains(status);
    }

    private static boolean isNoStream(Throwable failure) {
        return McpFailure.is(failure, Reason.NoEndpoint.class) || McpFailure.is(failure, Reason.ServerBroken.class);
    }

    private Uni<Conversation> found(Era era, Upstream upstream, ObjectNode capabilities) {
        return open(era, upstream, capabilities).invoke(() -> verdicts.remember(upstream.server(), era));
    }

    /** Older servers meet the unknown request with errors of all kinds, or with silence. */
    private static boolean mayBeOlder(Throwable failure, Upstream upstream) {
        return isOfAnotherEra(failure)
                || McpFailure.is(failure, Reason.ServerBroken.class)
                || (McpFailure.is(failure, Reason.TimedOut.class)
                        && !upstream.deadline().isOver());
    }

    private static boolean isOfAnotherEra(Throwable failure) {
        return failure instanceof McpFailure known
                && switch (known.reason()) {
                    case Reason.NoEndpoint _, Reason.OtherEra _, Reason.Protocol _ -> true;
                    case Reason.Rejected rejected -> !StatelessDiscovery.isRefusalOfThisEra(rejected.code());
                    case Reason.Busy _,
                            Reason.FullOfOwnCalls _,
                            Reason.HostForbidden _,
                            Reason.InputRequired _,
                            Reason.NothingTold _,
                            Reason.ParametersRefused _,
                            Reason.ServerBroken _,
                            Reason.ScopesMissing _,
                            Reason.SessionLost _,
                            Reason.TimedOut _,
                            Reason.ToolMissing _,
                            Reason.Unauthorized _,
                            Reason.Unreachable _,
                            Reason.UrlRefused _ -> false;
                };
    }
}
