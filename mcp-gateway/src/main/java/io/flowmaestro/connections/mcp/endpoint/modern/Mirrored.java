package io.flowmaestro.connections.mcp.endpoint.modern;

import io.flowmaestro.connections.mcp.core.MirroredValue;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.mirror.HeaderValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers that repeat the body, for those who route by them: they must agree (2026-07-28, "Request Metadata"). */
final class Mirrored {

    private Mirrored() {}

    static void require(Exchange exchange, String header, String value) {
        boolean agrees = exchange.header(header)
                .flatMap(HeaderValue::decoded)
                .filter(value::equals)
                .isPresent();
        if (!agrees) {
            throw RpcError.of(
                    400,
                    RpcError.HEADER_MISMATCH,
                    "The header " + header + " must be there once, and say what the body says.");
        }
    }

    static void requireName(Exchange exchange, ClientMessage.Request request) {
        var name = named(request);
        if (name != null) {
            require(exchange, "Mcp-Name", name);
        }
    }

    /** Whether the headers that a tool's parameters are mirrored in are there once each, and say what the body says. */
    static boolean agree(Exchange exchange, List<MirroredValue> values) {
        return values.stream()
                .allMatch(value -> exchange.header(value.header())
                        .flatMap(HeaderValue::decoded)
                        .filter(value::says)
                        .isPresent());
    }

    private static @Nullable String named(ClientMessage.Request request) {
        return switch (request.method()) {
            case "tools/call", "prompts/get" -> request.params().path("name").textValue();
            case "resources/read" -> request.params().path("uri").textValue();
            default -> null;
        };
    }
}
