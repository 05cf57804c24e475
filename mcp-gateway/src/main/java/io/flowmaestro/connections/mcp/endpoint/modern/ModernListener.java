package io.flowmaestro.connections.mcp.endpoint.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.MirroredValue;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.endpoint.exchange.Capabilities;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.message.LogLevel;
import io.flowmaestro.connections.mcp.endpoint.question.ParkedCall;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A stateless client, while its call is under way: progress and logs on the stream, questions in the result. */
record ModernListener(Exchange exchange, Envelope envelope, ParkedCall call) implements Listener {

    @Override
    public ObjectNode capabilities() {
        return envelope.capabilities();
    }

    @Override
    public boolean relaysInput() {
        return true;
    }

    @Override
    public boolean mirrors(List<MirroredValue> parameters) {
        return Mirrored.agree(exchange, parameters);
    }

    /** Of the changes that a server may tell of in between, this revision has none on the stream of a call. */
    @Override
    public void notified(String method, ObjectNode params) {
        boolean wanted = switch (method) {
            case "notifications/progress" -> true;
            case "notifications/message" ->
                envelope.logLevel()
                        .filter(least -> LogLevel.reaches(params.path("level").textValue(), least))
                        .isPresent();
            default -> false;
        };
        if (wanted) {
            call.channel().mention(Outgoing.notification(method, params));
        }
    }

    @Override
    public Uni<Reply> asked(String method, ObjectNode params) {
        return capabilities().has(Capabilities.neededFor(method))
                ? call.ask(method, params)
                : Uni.createFrom().item(Reply.refused());
    }
}
