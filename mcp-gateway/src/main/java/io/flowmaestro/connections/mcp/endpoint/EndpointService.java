package io.flowmaestro.connections.mcp.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.exchange.Methods;
import io.flowmaestro.connections.mcp.endpoint.legacy.LegacyClients;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.Failures;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.modern.ModernClients;
import io.flowmaestro.connections.mcp.endpoint.replica.Forwarding;
import io.flowmaestro.connections.mcp.endpoint.replica.OwnAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers every message in the way of its client's revision, or has the replica answer it that has in memory what it is
 * about. Whatever goes wrong is an answer, too.
 */
@ApplicationScoped
class EndpointService {

    /** A stream keeps its request for as long as it stands. */
    private static final int LONGEST_OF_A_STREAM = 65_536;

    private final LegacyClients legacy;
    private final ModernClients modern;
    private final CallsInFlight inFlight;
    private final OwnAddress own;
    private final Forwarding forwarding;

    EndpointService(
            LegacyClients legacy, ModernClients modern, CallsInFlight inFlight, OwnAddress own, Forwarding forwarding) {
        this.legacy = legacy;
        this.modern = modern;
        this.inFlight = inFlight;
        this.own = own;
        this.forwarding = forwarding;
    }

    Uni<Answer> post(Exchange exchange, byte[] body) {
        try {
            return post(exchange, ClientMessage.read(body), body);
        } catch (RpcError malformed) {
            return Uni.createFrom().item(Answer.error(null, malformed));
        }
    }

    private Uni<Answer> post(Exchange exchange, ClientMessage message, byte[] body) {
        if (isStream(message) && body.length > LONGEST_OF_A_STREAM) {
            throw RpcError.of(
                    400,
                    RpcError.INVALID_REQUEST,
                    "A request for a stream may have " + LONGEST_OF_A_STREAM + " bytes. Listen for less.");
        }
        Supplier<Uni<Answer>> work = ModernClients.claims(exchange, message)
                ? () -> atHome(
                        exchange, modern.home(message), HttpMethod.POST, body, () -> modern.handle(exchange, message))
                : () -> atHome(
                        exchange, legacy.home(exchange), HttpMethod.POST, body, () -> legacy.handle(exchange, message));
        return answered(
                isStream(message)
                        ? Uni.createFrom().deferred(work::get)
                        : inFlight.run(exchange.caller().subject(), work),
                message instanceof ClientMessage.Request request ? request.id() : null);
    }

    /** Streams have bounds of their own. */
    private static boolean isStream(ClientMessage message) {
        return message instanceof ClientMessage.Request request
                && request.method().equals(Methods.LISTEN);
    }

    Uni<Answer> get(Exchange exchange) {
        return answered(exchange, HttpMethod.GET, () -> legacy.listen(exchange));
    }

    Uni<Answer> delete(Exchange exchange) {
        return answered(exchange, HttpMethod.DELETE, () -> {
            legacy.end(exchange);
            return Uni.createFrom().item(new Answer(204, null, Map.of()));
        });
    }

    private Uni<Answer> answered(Exchange exchange, HttpMethod method, Supplier<Uni<Answer>> here) {
        return answered(
                Uni.createFrom().deferred(() -> atHome(exchange, legacy.home(exchange), method, new byte[0], here)),
                null);
    }

    private static Uni<Answer> answered(Uni<Answer> answer, @Nullable JsonNode id) {
        return answer.onFailure().recoverWithItem(failure -> Answer.error(id, Failures.of(failure)));
    }

    private Uni<Answer> atHome(
            Exchange exchange, String home, HttpMethod method, byte[] body, Supplier<Uni<Answer>> here) {
        if (!own.isElsewhere(home) || Forwarding.isPassedOn(exchange)) {
            return here.get();
        }
        return forwarding
                .pass(exchange, home, method, body)
                .chain(answer ->
                        answer.map(there -> Uni.createFrom().item(there)).orElseGet(here));
    }
}
