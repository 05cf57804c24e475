package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Conversations;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the service does with MCP servers, whatever revision they speak. Fails with problems that a caller may see.
 * Whoever cancels has the server told.
 */
@Singleton
public class McpClient {

    private static final long INVALID_PARAMS = -32602;

    /** Of 2026-07-28: the server needs a client that can be asked things. */
    private static final long CAPABILITY_MISSING = -32021;

    private final Conversations conversations;
    private final Sessions sessions;
    private final Lists lists;

    private final ToolChanges toolChanges;
    private final ToolLists toolLists;
    private final AwayServers away;

    McpClient(
            Conversations conversations,
            Sessions sessions,
            Lists lists,
            ToolChanges toolChanges,
            ToolLists toolLists,
            AwayServers away) {
        this.conversations = conversations;
        this.sessions = sessions;
        this.lists = lists;
        this.toolChanges = toolChanges;
        this.toolLists = toolLists;
        this.away = away;
    }

    /** Looks at a server that is not stored yet, in a session that is closed again. */
    public Uni<Discovery> discover(McpServer server) {
        return Uni.createFrom()
                .deferred(() -> {
                    var upstream = Upstream.of(server);
                    return conversations
                            .open(upstream, Listener.NONE.capabilities())
                            .chain(conversation -> discoverAndClose(conversation, upstream));
                })
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /** Looks at a stored connection's server, in the session that its tool calls use. */
    public Uni<Discovery> discover(SessionKey key, McpServer server) {
        return inSession(
                        key,
                        server,
                        Listener.NONE,
                        upstream -> session -> list(session, upstream)
                                .map(tools ->
                                        Discovery.of(session.conversation().facts(), tools)))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /** The same with what it offers besides tools. */
    public Uni<Discovery> explore(SessionKey key, McpServer server) {
        return inSession(
                        key,
                        server,
                        Listener.NONE,
                        upstream ->
                                session -> explored(session.conversation(), upstream, toldList(key, session, upstream)))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    private Uni<Discovery> explored(Conversation conversation, Upstream upstream, Uni<List<ObjectNode>> tools) {
        return tools.map(listed -> Discovery.of(conversation.facts(), listed))
                .chain(found -> besides(conversation, upstream, Offer.PROMPTS).map(found::withPrompts))
                .chain(found -> besides(conversation, upstream, Offer.RESOURCES).map(found::withResources))
                .chain(found -> besides(conversation, upstream, Offer.RESOURCE_TEMPLATES)
                        .map(found::withTemplates));
    }

    /** A server that refuses to list what it claims to offer has tools all the same. */
    private Uni<List<ObjectNode>> besides(Conversation conversation, Upstream upstream, Offer offer) {
        return lists.read(conversation, upstream, offer)
                .onFailure(failure -> McpFailure.is(failure, Reason.Rejected.class))
                .recoverWithItem(List.of());
    }

    /** One list of a stored connection's server; empty where it offers nothing of the kind. */
    public Uni<List<ObjectNode>> list(SessionKey key, McpServer server, Offer offer) {
        return inSession(
                        key,
                        server,
                        Listener.NONE,
                        upstream -> session -> lists.read(session.conversation(), upstream, offer))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /** Calls a tool and gives the MCP result whole. */
    public Uni<ObjectNode> callTool(SessionKey key, McpServer server, String tool, ObjectNode arguments) {
        return callTool(key, server, tool, arguments, Listener.NONE);
    }

    /** Calls a tool and gives the MCP result whole; what the server says meanwhile goes to the listener. */
    public Uni<ObjectNode> callTool(
            SessionKey key, McpServer server, String tool, ObjectNode arguments, Listener listener) {
        var params = McpJson.object().put("name", tool);
        params.set("arguments", arguments);
        if (listener.wantsProgress()) {
            params.putObject("_meta").put("progressToken", "progress");
        }
        var call = new Call("tools/call", params, listener);
        return inSession(
                        key,
                        server,
                        listener,
                        upstream -> session -> request(key, session, upstream, tool, call)
                                .onFailure()
                                .transform(McpClient::refusalOfTheCall))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    private Uni<ObjectNode> request(SessionKey key, OpenSession session, Upstream upstream, String tool, Call call) {
        return session.lists(tool)
                ? Uni.createFrom().deferred(() -> RequestLog.request(session.conversation(), upstream, call))
                : requireTool(key, session, upstream, tool, call.listener())
                        .chain(() -> RequestLog.request(session.conversation(), upstream, call));
    }

    private static Throwable refusalOfTheCall(Throwable failure) {
        if (rejected(failure, INVALID_PARAMS)) {
            return new McpFailure(new Reason.ParametersRefused());
        }
        return rejected(failure, CAPABILITY_MISSING)
                ? new McpFailure(new Reason.InputRequired("JSON-RPC error -32021"))
                : failure;
    }

    /** Fails with 404 {@code tool-not-found} unless the server offers the tool to a client like this one. */
    public Uni<Void> requireTool(SessionKey key, McpServer server, String tool, Listener listener) {
        return inSession(
                        key,
                        server,
                        listener,
                        upstream -> session -> requireTool(key, session, upstream, tool, listener))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /**
     * Makes a request of any method, for callers who speak MCP themselves: nothing is looked up before, and a server's
     * JSON-RPC error comes as it is, as {@link ServerError}. Lists alone are without what they have twice.
     */
    public Uni<ObjectNode> request(SessionKey key, McpServer server, Call call) {
        return inSession(
                        key,
                        server,
                        call.listener(),
                        upstream -> session -> RequestLog.request(session.conversation(), upstream, call)
                                .map(result -> Offer.listedBy(call.method())
                                        .map(offer -> session.firstsOnly(offer, call.params(), result))
                                        .orElse(result)))
                .onFailure()
                .transform(McpClient::relayed);
    }

    /** The same in the session that {@link #changes} uses, whoever asks, and which one that was. */
    public Uni<InSession> subscription(SessionKey key, McpServer server, Call call) {
        var unheard = Call.of(call.method(), call.params());
        return inSession(
                        key,
                        server,
                        unheard.listener(),
                        upstream -> session -> RequestLog.request(session.conversation(), upstream, unheard)
                                .map(result -> new InSession(session, result)))
                .onFailure()
                .transform(McpClient::relayed);
    }

    private static Throwable relayed(Throwable failure) {
        return ServerError.of(failure).orElseGet(() -> UpstreamProblems.of(failure));
    }

    /** What the server says of itself, in the session that this listener's calls use. */
    public Uni<ServerFacts> facts(SessionKey key, McpServer server, Listener listener) {
        return inSession(
                        key,
                        server,
                        listener,
                        _ -> session ->
                                Uni.createFrom().item(session.conversation().facts()))
                .onFailure()
                .transform(UpstreamProblems::of);
    }

    /**
     * What the server tells while no call is under way, until it or the time ends it, or somebody cancels. Fails with
     * {@link McpFailure}: those who listen want to know the reason. The session is the one of callers who offer nothing.
     *
     * @param begun takes the session before it is listened to
     */
    public Multi<Incoming.Notification> changes(
            SessionKey key, McpServer server, Interest interest, Consumer<OpenSession> begun, Runnable opened) {
        var nothing = Listener.NONE.capabilities();
        return Multi.createFrom()
                .deferred(() -> {
                    var upstream = Upstream.of(server);
                    return sessions.get(key, nothing, upstream)
                            .invoke(session -> requireTelling(session, interest))
                            .invoke(begun)
                            .onItem()
                            .transformToMulti(session -> session.conversation()
                                    .changes(upstream, interest, opened)
                                    .onFailure(McpClient::sessionLost)
                                    .invoke(() -> sessions.forget(key, nothing, session))
                                    .invoke(() -> tellOfChanges(key, session)));
                })
                .onFailure(McpClient::sessionLost)
                .retry()
                .atMost(1);
    }

    private static void requireTelling(OpenSession session, Interest interest) {
        var facts = session.conversation().facts();
        if (!facts.tellsChanges() && !(facts.tellsUpdates() && !interest.uris().isEmpty())) {
            throw new McpFailure(new Reason.NothingTold());
        }
    }

    /** Lets the session that {@link #changes} uses count as used. */
    public void keep(SessionKey key) {
        sessions.keep(key, Listener.NONE.capabilities());
    }

    /** Forgets sessions on this replica, and gives what is left to tell their servers. */
    public List<LeftSession> forget(Predicate<SessionKey> which) {
        return sessions.forget(which);
    }

    /** Whose sessions there are on this replica. */
    public Stream<SessionKey> sessions() {
        return sessions.keys();
    }

    private Uni<Discovery> discoverAndClose(Conversation conversation, Upstream upstream) {
        return explored(conversation, upstream, lists.read(conversation, upstream, Offer.TOOLS))
                .onTermination()
                .call(() -> conversation.close(upstream));
    }

    /** A session that the server has forgotten is opened once more: the request in it was not carried out. */
    private <T> Uni<T> inSession(
            SessionKey key,
            McpServer server,
            Listener listener,
            Function<Upstream, Function<OpenSession, Uni<T>>> work) {
        return Uni.createFrom().deferred(() -> {
            var upstream = Upstream.of(server);
            return attempt(key, listener.capabilities(), upstream, work.apply(upstream))
                    .onFailure(McpClient::sessionLost)
                    .retry()
                    .atMost(1);
        });
    }

    private <T> Uni<T> attempt(
            SessionKey key, ObjectNode capabilities, Upstream upstream, Function<OpenSession, Uni<T>> work) {
        return sessions.get(key, capabilities, upstream)
                .chain(session -> work.apply(session).onTermination().invoke((_, failure, cancelled) -> {
                    if (failure == null && !cancelled) {
                        away.answered(key.connection());
                    } else if (failure != null && sessionLost(failure)) {
                        sessions.forget(key, capabilities, session);
                    }
                    tellOfChanges(key, session);
                }));
    }

    private void tellOfChanges(SessionKey key, OpenSession session) {
        if (session.hasNewChanges()) {
            toolChanges.changed(key);
        }
    }

    private static boolean rejected(Throwable failure, long code) {
        return failure instanceof McpFailure known
                && known.reason() instanceof Reason.Rejected rejected
                && rejected.code() == code;
    }

    private static boolean sessionLost(Throwable failure) {
        return McpFailure.is(failure, Reason.SessionLost.class);
    }

    /** The list is read once per session, and again before a name it lacks is called unknown. */
    private Uni<Void> requireTool(
            SessionKey key, OpenSession session, Upstream upstream, String tool, Listener listener) {
        if (session.lists(tool)) {
            return Uni.createFrom().voidItem();
        }
        // A server may offer more to clients who can be asked things; what is kept of it is what all are offered.
        var read = listener.capabilities().isEmpty() ? toldList(key, session, upstream) : list(session, upstream);
        return read.invoke(tools -> {
                    if (!names(tools).contains(tool)) {
                        throw new McpFailure(new Reason.ToolMissing(tool));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<List<ObjectNode>> toldList(SessionKey key, OpenSession session, Upstream upstream) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return list(session, upstream).invoke(tools -> toolLists.read(key, tools, began));
        });
    }

    private Uni<List<ObjectNode>> list(OpenSession session, Upstream upstream) {
        long changes = session.conversation().toolsChanged();
        return lists.read(session.conversation(), upstream, Offer.TOOLS)
                .invoke(tools -> session.remember(names(tools), changes));
    }

    private static Set<String> names(List<ObjectNode> tools) {
        return tools.stream().map(tool -> tool.path("name").asText()).collect(Collectors.toUnmodifiableSet());
    }
}
