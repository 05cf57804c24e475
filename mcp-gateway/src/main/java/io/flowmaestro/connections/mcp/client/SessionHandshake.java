package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens a session: initialize, then notifications/initialized (lifecycle of the revisions 2025-03-26 to 2025-11-25). */
@ApplicationScoped
class SessionHandshake implements Conversations {

    private static final long INITIALIZE_ID = 1;

    private final StreamableHttp http;
    private final Answers answers;
    private final String clientVersion;

    SessionHandshake(
            StreamableHttp http,
            Answers answers,
            @ConfigProperty(name = "quarkus.application.version") String clientVersion) {
        this.http = http;
        this.answers = answers;
        this.clientVersion = clientVersion;
    }

    @Override
    public Uni<Conversation> open(Upstream upstream) {
        return http.post(upstream, SessionHeaders.NONE, Outgoing.request(INITIALIZE_ID, "initialize", params()))
                .chain(stream -> Statuses.require(stream, SessionHeaders.NONE, INITIALIZE_ID))
                .chain(this::initialized)
                .onFailure()
                .transform(McpFailure::of)
                .call(conversation -> conversation.tell(upstream, "notifications/initialized"))
                .map(conversation -> conversation);
    }

    private ObjectNode params() {
        var params = McpJson.object().put("protocolVersion", Revisions.PROPOSED);
        params.putObject("capabilities");
        params.putObject("clientInfo")
                .put("name", "flowmaestro-connections")
                .put("title", "FlowMaestro Connections")
                .put("version", clientVersion);
        return params;
    }

    /** Before the session is ours, a server has no business asking anything; what it asks is not answered. */
    private Uni<SessionConversation> initialized(EgressStream stream) {
        var sessionId = stream.header(SessionHeaders.SESSION_ID);
        return answers.await(stream, INITIALIZE_ID, _ -> Uni.createFrom().voidItem())
                .map(result -> conversation(result, sessionId));
    }

    private SessionConversation conversation(ObjectNode result, Optional<String> sessionId) {
        var version = Revisions.require(result.path("protocolVersion").asText());
        var facts = new ServerFacts(version, object(result, "serverInfo"), object(result, "capabilities"));
        var session = new SessionHeaders(Optional.of(version), sessionId);
        return new SessionConversation(http, answers, session, facts, INITIALIZE_ID);
    }

    private static ObjectNode object(ObjectNode result, String field) {
        return result.get(field) instanceof ObjectNode object ? object : McpJson.object();
    }
}
