package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the service does with MCP servers, whatever revision they speak. Fails with problems that a caller may see. */
@ApplicationScoped
public class McpClient {

    private static final long INVALID_PARAMS = -32602;

    private final Conversations conversations;
    private final Sessions sessions;
    private final ToolLists toolLists;

    McpClient(Conversations conversations, Sessions sessions, ToolLists toolLists) {
        this.conversations = conversations;
        this.sessions = sessions;
        this.toolLists = toolLists;
    }

    /** Looks at a server that is not stored yet, in a session that is closed again. */
    public Uni<Discovery> discover(McpServer server) {
        return Uni.createFrom()
                .deferred(() -> {
                    var upstream = Upstream.of(server);
                    return conversations.open(upstream).chain(conversation -> discoverAndClose(conversation, upstream));
                })
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /** Looks at a stored connection's server, in the session that its tool calls use. */
    public Uni<Discovery> discover(SessionKey key, McpServer server) {
        return inSession(
                key,
                server,
                upstream -> session -> list(session, upstream)
                        .map(tools -> Discovery.of(session.conversation().facts(), tools)));
    }

    /** Calls a tool and gives the MCP result whole. */
    public Uni<ObjectNode> callTool(SessionKey key, McpServer server, String tool, ObjectNode arguments) {
        var params = McpJson.object().put("name", tool);
        params.set("arguments", arguments);
        return inSession(
                key,
                server,
                upstream -> session -> requireTool(session, upstream, tool)
                        .chain(() -> session.conversation().request(upstream, "tools/call", params))
                        .onFailure(McpClient::parametersRefused)
                        .transform(_ -> new McpFailure(new Reason.ParametersRefused())));
    }

    /** Forgets a user's sessions on this replica, and gives what is left to tell their servers. */
    public List<LeftSession> forget(UUID user) {
        return sessions.forget(user);
    }

    private Uni<Discovery> discoverAndClose(Conversation conversation, Upstream upstream) {
        return toolLists
                .read(conversation, upstream)
                .map(tools -> Discovery.of(conversation.facts(), tools))
                .onTermination()
                .call(() -> conversation.close(upstream));
    }

    /** A session that the server has forgotten is opened once more: the request in it was not carried out. */
    private <T> Uni<T> inSession(
            SessionKey key, McpServer server, Function<Upstream, Function<OpenSession, Uni<T>>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    var upstream = Upstream.of(server);
                    var attempt = attempt(key, upstream, work.apply(upstream));
                    return attempt.onFailure(McpClient::sessionLost).retry().atMost(1);
                })
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    private <T> Uni<T> attempt(SessionKey key, Upstream upstream, Function<OpenSession, Uni<T>> work) {
        return sessions.get(key, upstream)
                .chain(session -> work.apply(session)
                        .onFailure(McpClient::sessionLost)
                        .invoke(() -> sessions.forget(key, session)));
    }

    private static boolean parametersRefused(Throwable failure) {
        return failure instanceof McpFailure known
                && known.reason() instanceof Reason.Rejected(long code)
                && code == INVALID_PARAMS;
    }

    private static boolean sessionLost(Throwable failure) {
        return failure instanceof McpFailure known && known.reason() instanceof Reason.SessionLost;
    }

    /** The list is read once per session, and again before a name it lacks is called unknown. */
    private Uni<Void> requireTool(OpenSession session, Upstream upstream, String tool) {
        if (session.toolNames().filter(names -> names.contains(tool)).isPresent()) {
            return Uni.createFrom().voidItem();
        }
        return list(session, upstream)
                .invoke(tools -> {
                    if (!names(tools).contains(tool)) {
                        throw new McpFailure(new Reason.ToolMissing(tool));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<List<ObjectNode>> list(OpenSession session, Upstream upstream) {
        return toolLists.read(session.conversation(), upstream).invoke(tools -> session.remember(names(tools)));
    }

    private static Set<String> names(List<ObjectNode> tools) {
        return tools.stream().map(tool -> tool.path("name").asText()).collect(Collectors.toUnmodifiableSet());
    }
}
