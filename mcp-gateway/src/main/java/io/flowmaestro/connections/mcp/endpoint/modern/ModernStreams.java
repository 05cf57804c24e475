package io.flowmaestro.connections.mcp.endpoint.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.listening.StandingStreams;
import io.flowmaestro.connections.mcp.endpoint.listening.SubscriptionBounds;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/** {@code subscriptions/listen}: a request whose answer is what the server tells from now on. */
@ApplicationScoped
class ModernStreams {

    private static final String FILTER = "notifications";
    private static final String TOOLS = "toolsListChanged";
    private static final String PROMPTS = "promptsListChanged";
    private static final String RESOURCES = "resourcesListChanged";
    private static final String URIS = "resourceSubscriptions";
    private static final String SUBSCRIPTION = Envelope.PREFIX + "subscriptionId";

    private final StandingStreams streams;
    private final SubscriptionBounds bounds;

    ModernStreams(StandingStreams streams, SubscriptionBounds bounds) {
        this.streams = streams;
        this.bounds = bounds;
    }

    Uni<Answer> stand(Exchange exchange, ClientMessage.Request request) {
        if (!exchange.channel().takesEvents()) {
            throw RpcError.of(406, RpcError.INVALID_REQUEST, "Send Accept: text/event-stream to listen.");
        }
        if (!(request.params().get(FILTER) instanceof ObjectNode filter)) {
            throw RpcError.of(400, RpcError.INVALID_PARAMS, "The params need notifications: what to be told of.");
        }
        var asked = asked(filter);
        return exchange.target()
                .facts(Listener.NONE)
                .chain(facts -> stand(exchange, request.id(), honoured(asked, facts)))
                .map(_ -> Answer.result(request.id(), over(request.id())));
    }

    private Interest asked(ObjectNode filter) {
        Set<String> uris = new HashSet<>();
        filter.path(URIS).forEach(uri -> uris.add(uri.asText()));
        bounds.exceededBy(uris).ifPresent(why -> {
            throw RpcError.of(400, RpcError.INVALID_PARAMS, why);
        });
        return new Interest(
                filter.path(TOOLS).asBoolean(),
                filter.path(PROMPTS).asBoolean(),
                filter.path(RESOURCES).asBoolean(),
                uris,
                false);
    }

    /** Nothing is promised that the server does not offer. */
    private static Interest honoured(Interest asked, ServerFacts facts) {
        return new Interest(
                asked.tools() && facts.tellsChangesOf("tools"),
                asked.prompts() && facts.tellsChangesOf("prompts"),
                asked.resources() && facts.tellsChangesOf("resources"),
                facts.tellsUpdates() ? asked.uris() : Set.of(),
                false);
    }

    private Uni<Void> stand(Exchange exchange, JsonNode id, Interest honoured) {
        var acknowledged = McpJson.object();
        acknowledged.set(FILTER, filter(honoured));
        var first = Outgoing.notification("notifications/subscriptions/acknowledged", marked(acknowledged, id));
        if (honoured.isEmpty()) {
            exchange.channel().say(first);
            return Uni.createFrom().voidItem();
        }
        return streams.hold(
                exchange.caller().subject(),
                exchange.channel(),
                exchange.target().changes(new Wanted(honoured)),
                told -> Outgoing.notification(
                        told.method(), marked(told.params().deepCopy(), id)),
                () -> exchange.channel().say(first),
                Uni.createFrom().nothing());
    }

    private static ObjectNode filter(Interest honoured) {
        var filter = McpJson.object();
        putIf(honoured.tools(), filter, TOOLS);
        putIf(honoured.prompts(), filter, PROMPTS);
        putIf(honoured.resources(), filter, RESOURCES);
        if (!honoured.uris().isEmpty()) {
            var uris = filter.putArray(URIS);
            honoured.uris().stream().sorted().forEach(uris::add);
        }
        return filter;
    }

    private static void putIf(boolean honoured, ObjectNode filter, String name) {
        if (honoured) {
            filter.put(name, true);
        }
    }

    private static ObjectNode marked(ObjectNode params, JsonNode id) {
        params.withObjectProperty("_meta").set(SUBSCRIPTION, id);
        return params;
    }

    private static ObjectNode over(JsonNode id) {
        return marked(McpJson.object().put("resultType", "complete"), id);
    }
}
