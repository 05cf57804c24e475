package io.flowmaestro.connections.mcp.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.legacy.LegacyClients;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.Failures;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.modern.ModernClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers every message in the way of its client's revision. Whatever goes wrong is an answer, too. */
@ApplicationScoped
class EndpointService {

    private final LegacyClients legacy;
    private final ModernClients modern;
    private final CallsInFlight inFlight;

    EndpointService(LegacyClients legacy, ModernClients modern, CallsInFlight inFlight) {
        this.legacy = legacy;
        this.modern = modern;
        this.inFlight = inFlight;
    }

    Uni<Answer> post(Exchange exchange, byte[] body) {
        try {
            return post(exchange, ClientMessage.read(body));
        } catch (RpcError malformed) {
            return Uni.createFrom().item(Answer.error(null, malformed));
        }
    }

    private Uni<Answer> post(Exchange exchange, ClientMessage message) {
        return inFlight.run(
                        exchange.caller().subject(),
                        () -> ModernClients.claims(exchange, message)
                                ? modern.handle(exchange, message)
                                : legacy.handle(exchange, message))
                .onFailure()
                .recoverWithItem(failure -> Answer.error(id(message), Failures.of(failure)));
    }

    private static @Nullable JsonNode id(ClientMessage message) {
        return message instanceof ClientMessage.Request request ? request.id() : null;
    }

    Answer delete(Exchange exchange) {
        try {
            legacy.end(exchange);
            return new Answer(204, null, Map.of());
        } catch (RpcError refused) {
            return Answer.error(null, refused);
        }
    }
}
