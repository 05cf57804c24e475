package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Meanwhile;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Opens a session: initialize, then notifications/initialized (lifecycle of the revisions 2025-03-26 to 2025-11-25). */
@ApplicationScoped
public class SessionHandshake {

    private static final long INITIALIZE_ID = 1;

    private final HttpTransport http;
    private final Answers answers;
    private final ClientIdentity identity;

    SessionHandshake(HttpTransport http, Answers answers, ClientIdentity identity) {
        this.http = http;
        this.answers = answers;
        this.identity = identity;
    }

    public Uni<Conversation> open(Upstream upstream, ObjectNode capabilities) {
        var initialize = Initialize.request(INITIALIZE_ID, Revisions.PROPOSED, capabilities, identity);
        return http.post(upstream, Map.of(), initialize)
                .chain(stream -> Statuses.require(stream, false, INITIALIZE_ID))
                .chain(this::initialized)
                .onFailure()
                .transform(McpFailure::of)
                .call(conversation -> conversation.tell(upstream, Outgoing.notification(Initialize.DONE)))
                .map(conversation -> conversation);
    }

    private Uni<SessionConversation> initialized(EgressStream stream) {
        var sessionId = stream.header(SessionHeaders.SESSION_ID);
        return answers.await(stream, INITIALIZE_ID, new Deaf()).map(result -> conversation(result, sessionId));
    }

    private SessionConversation conversation(ObjectNode result, Optional<String> sessionId) {
        var facts = Initialize.facts(result);
        var session = new SessionHeaders(Optional.of(facts.protocolVersion()), sessionId);
        return new SessionConversation(http, answers, session, facts, INITIALIZE_ID);
    }

    /** Before the session is ours, a server has no business asking anything; what it asks is not answered. */
    private record Deaf() implements Meanwhile {
        @Override
        public void notified(Incoming.Notification notification) {}

        @Override
        public Uni<Void> asked(Incoming.Request request) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Optional<Uni<EgressStream>> resume(String lastEventId, Duration pause) {
            return Optional.empty();
        }
    }
}
