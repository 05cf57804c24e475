package io.flowmaestro.connections.mcp.endpoint.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.exchange.Methods;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.message.ToolErrors;
import io.flowmaestro.connections.mcp.endpoint.question.ParkedCall;
import io.flowmaestro.connections.mcp.endpoint.question.Parking;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Speaks 2026-07-28 with clients: nothing is kept between requests but calls that wait for an answer. */
@ApplicationScoped
public class ModernClients {

    private static final String STATE = "requestState";
    private static final String RESPONSES = "inputResponses";

    private final Parking parking;
    private final ModernStreams streams;

    ModernClients(Parking parking, ModernStreams streams) {
        this.streams = streams;
        this.parking = parking;
    }

    /** Whether a message claims to be of this revision, or of one that is not known yet. */
    public static boolean claims(Exchange exchange, ClientMessage message) {
        var claimed = switch (message) {
            case ClientMessage.Request request -> request.params().path("_meta").has(Envelope.VERSION);
            case ClientMessage.Notification notification ->
                notification.params().path("_meta").has(Envelope.VERSION);
            case ClientMessage.Answer _ -> false;
        };
        return claimed
                || (exchange.header("Mcp-Session-Id").isEmpty()
                        && exchange.header("MCP-Protocol-Version")
                                .filter(version -> version.compareTo(Revision.MODERN) >= 0)
                                .isPresent());
    }

    /** The replica that has what a message is about in memory; empty if any may answer it. */
    public String home(ClientMessage message) {
        var state = message instanceof ClientMessage.Request request
                ? request.params().path(STATE).textValue()
                : null;
        return Parking.isOurs(state) ? parking.home(Objects.requireNonNull(state)) : "";
    }

    /**
     * Answers one message.
     *
     * @throws RpcError when it does not keep to the revision
     */
    public Uni<Answer> handle(Exchange exchange, ClientMessage message) {
        return switch (message) {
            case ClientMessage.Request request -> request(exchange, request, Envelope.of(exchange, request));
            case ClientMessage.Notification _ -> Uni.createFrom().item(Answer.accepted());
            case ClientMessage.Answer _ ->
                throw RpcError.of(
                        400, RpcError.INVALID_REQUEST, "Answers belong into the inputResponses of the next request.");
        };
    }

    private Uni<Answer> request(Exchange exchange, ClientMessage.Request request, Envelope envelope) {
        var method = request.method();
        if (method.equals("server/discover")) {
            return exchange.target()
                    .facts(new Introducing(envelope.capabilities()))
                    .map(facts -> Answer.result(request.id(), ModernResults.discovery(facts)));
        }
        if (method.equals(Methods.LISTEN)) {
            return streams.stand(exchange, request);
        }
        if (!Methods.COMMON.contains(method)) {
            throw RpcError.of(404, RpcError.METHOD_NOT_FOUND, "There is no method of this name in this revision.");
        }
        return call(exchange, request, envelope)
                .onFailure(ToolErrors::isOne)
                .recoverWithItem(ToolErrors::result)
                .map(result -> Answer.result(request.id(), ModernResults.complete(method, result)))
                .onFailure()
                .transform(failure -> ModernResults.error(method, failure));
    }

    private record Introducing(ObjectNode capabilities) implements Listener {}

    private Uni<ObjectNode> call(Exchange exchange, ClientMessage.Request request, Envelope envelope) {
        var state = request.params().path(STATE).textValue();
        if (Parking.isOurs(state)) {
            var call = parking.take(exchange.caller().subject(), essence(exchange, request), state);
            return step(exchange, request, call, call.resume(request.params().path(RESPONSES), exchange.channel()));
        }
        var call = new ParkedCall(
                exchange.channel(),
                parked -> exchange.target()
                        .request(new Call(
                                request.method(), request.params(), new ModernListener(exchange, envelope, parked))));
        return step(exchange, request, call, call.next());
    }

    /** Only a client that goes away while its request is open ends the call. */
    private Uni<ObjectNode> step(
            Exchange exchange, ClientMessage.Request request, ParkedCall call, Uni<ParkedCall.Step> next) {
        return next.map(step -> switch (step) {
                    case ParkedCall.Step.Done(ObjectNode result) -> result;
                    case ParkedCall.Step.Asks(ObjectNode questions) ->
                        ModernResults.asking(
                                questions, parking.park(exchange.caller().subject(), essence(exchange, request), call));
                })
                .onCancellation()
                .invoke(call::stop);
    }

    /** What has to be the same when a request comes again with answers. */
    private static ObjectNode essence(Exchange exchange, ClientMessage.Request request) {
        var params = request.params().deepCopy();
        params.remove(List.of("_meta", STATE, RESPONSES));
        var essence = McpJson.object().put("method", request.method());
        essence.put("connection", exchange.connection().map(Object::toString).orElse(""));
        essence.set("params", params);
        return essence;
    }
}
