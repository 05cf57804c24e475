package io.flowmaestro.connections.mcp.endpoint.legacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Capabilities;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.exchange.Methods;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.LogLevel;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.message.ToolErrors;
import io.flowmaestro.connections.mcp.endpoint.question.OpenQuestions;
import io.flowmaestro.connections.mcp.endpoint.session.ClientSessions;
import io.flowmaestro.connections.mcp.endpoint.session.Session;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Speaks 2025-06-18 and 2025-11-25 with clients (streamable HTTP, in sessions). */
@ApplicationScoped
public class LegacyClients {

    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";

    private final ClientSessions sessions;
    private final OpenQuestions questions;
    private final CallsUnderWay underWay;
    private final SessionStreams streams;

    LegacyClients(ClientSessions sessions, OpenQuestions questions, CallsUnderWay underWay, SessionStreams streams) {
        this.streams = streams;
        this.sessions = sessions;
        this.questions = questions;
        this.underWay = underWay;
    }

    /**
     * Answers one message.
     *
     * @throws RpcError when it does not fit a session
     */
    public Uni<Answer> handle(Exchange exchange, ClientMessage message) {
        if (message instanceof ClientMessage.Request request && request.method().equals("initialize")) {
            return initialize(exchange, request);
        }
        var session = session(exchange);
        return switch (message) {
            case ClientMessage.Request request -> request(exchange, session, request);
            case ClientMessage.Notification notification -> notified(session, notification);
            case ClientMessage.Answer answer -> {
                questions.answer(session, answer.id(), answer.reply());
                yield Uni.createFrom().item(Answer.accepted());
            }
        };
    }

    /** The replica that has what belongs to the request's session in memory; empty if there is none. */
    public String home(Exchange exchange) {
        return exchange.header(SESSION_ID).isPresent() ? session(exchange).home() : "";
    }

    /** Ends the session of a DELETE. */
    public void end(Exchange exchange) {
        var session = session(exchange);
        streams.end(session);
        sessions.end(session);
    }

    /**
     * The stream of a GET.
     *
     * @throws RpcError when it belongs to no session, or to a client that reads no streams
     */
    public Uni<Answer> listen(Exchange exchange) {
        if (exchange.header(SESSION_ID).isEmpty()) {
            throw RpcError.of(405, RpcError.INVALID_REQUEST, "Only the stream of a session can be opened with GET.");
        }
        var session = session(exchange);
        if (!exchange.channel().takesEvents()) {
            throw RpcError.of(406, RpcError.INVALID_REQUEST, "Send Accept: text/event-stream.");
        }
        return streams.stand(exchange, session);
    }

    private Session session(Exchange exchange) {
        var id = exchange.header(SESSION_ID)
                .orElseThrow(() -> RpcError.of(
                        400,
                        RpcError.INVALID_REQUEST,
                        "Send the Mcp-Session-Id that initialize answered, or speak revision " + Revision.MODERN
                                + "."));
        var session = sessions.require(exchange.caller().subject(), exchange.connection(), id);
        exchange.header(VERSION)
                .filter(version -> !version.equals(session.version()))
                .ifPresent(_ -> {
                    throw RpcError.of(
                            400,
                            RpcError.INVALID_REQUEST,
                            "The MCP-Protocol-Version is not the one that initialize agreed on, " + session.version()
                                    + ".");
                });
        return session;
    }

    private Uni<Answer> initialize(Exchange exchange, ClientMessage.Request request) {
        var proposed = request.params().path("protocolVersion").textValue();
        if (proposed == null) {
            throw RpcError.of(400, RpcError.INVALID_PARAMS, "initialize needs a protocolVersion.");
        }
        var version = Revision.negotiated(proposed);
        var capabilities = Capabilities.ofClient(ClientMessage.object(request.params(), "capabilities"));
        return exchange.target()
                .facts(new Introducing(capabilities))
                .map(facts -> Answer.result(request.id(), introduction(version, facts))
                        .with(
                                SESSION_ID,
                                sessions.begin(
                                        exchange.caller().subject(), exchange.connection(), version, capabilities)));
    }

    /** Nothing is called yet, but the server already learns what its client offers. */
    private record Introducing(ObjectNode capabilities) implements Listener {}

    private static ObjectNode introduction(String version, ServerFacts facts) {
        var result = McpJson.object().put("protocolVersion", version);
        result.set("capabilities", Capabilities.forLegacy(facts));
        result.set("serverInfo", facts.info());
        if (facts.instructions() != null) {
            result.put("instructions", facts.instructions());
        }
        return result;
    }

    private Uni<Answer> request(Exchange exchange, Session session, ClientMessage.Request request) {
        var method = request.method();
        if (method.equals("ping")) {
            return Uni.createFrom().item(Answer.result(request.id(), McpJson.object()));
        }
        if (method.equals("logging/setLevel")) {
            return setLevel(session, request);
        }
        if (!Methods.COMMON.contains(method) && !Methods.LEGACY.contains(method)) {
            throw RpcError.of(200, RpcError.METHOD_NOT_FOUND, "There is no method of this name here.");
        }
        var listener = new LegacyListener(session, exchange.channel(), questions, sessions.level(session));
        var call = new Call(method, LegacyResults.up(request.params(), sessions.level(session)), listener);
        return underWay.run(
                        session,
                        request.id(),
                        () -> relayed(session, call, () -> exchange.target().request(call)))
                .onFailure(failure -> Revision.hasToolErrors(session.version()) && ToolErrors.isOne(failure))
                .recoverWithItem(ToolErrors::result)
                .map(result -> Answer.result(request.id(), LegacyResults.down(result)));
    }

    /** What is subscribed to is kept here as well: it is told on the stream of this session alone. */
    private Uni<ObjectNode> relayed(Session session, Call call, Supplier<Uni<ObjectNode>> request) {
        var uri = call.params().path("uri").asText();
        return switch (call.method()) {
            case Methods.SUBSCRIBE -> request.get().invoke(() -> streams.subscribe(session, uri));
            case Methods.UNSUBSCRIBE -> streams.unsubscribe(session, uri, request);
            default -> request.get();
        };
    }

    /** Kept here rather than with the server: its session may be shared, and a stateless one has none. */
    private Uni<Answer> setLevel(Session session, ClientMessage.Request request) {
        @Nullable String level = request.params().path("level").textValue();
        if (level == null || !LogLevel.exists(level)) {
            throw RpcError.of(
                    200, RpcError.INVALID_PARAMS, "The level must be one of RFC 5424, from debug to emergency.");
        }
        sessions.level(session, level);
        return Uni.createFrom().item(Answer.result(request.id(), McpJson.object()));
    }

    private Uni<Answer> notified(Session session, ClientMessage.Notification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            underWay.cancel(session, notification.params().path("requestId"));
        }
        return Uni.createFrom().item(Answer.accepted());
    }
}
