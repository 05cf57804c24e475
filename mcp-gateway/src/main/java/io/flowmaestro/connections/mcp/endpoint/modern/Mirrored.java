package io.flowmaestro.connections.mcp.endpoint.modern;

import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Headers that repeat the body, for those who route by them: they must agree (2026-07-28, "Request Metadata"). */
final class Mirrored {

    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private Mirrored() {}

    static void require(Exchange exchange, String header, String value) {
        boolean agrees = exchange.header(header)
                .flatMap(Mirrored::decoded)
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

    private static @Nullable String named(ClientMessage.Request request) {
        return switch (request.method()) {
            case "tools/call", "prompts/get" -> request.params().path("name").textValue();
            case "resources/read" -> request.params().path("uri").textValue();
            default -> null;
        };
    }

    /** Empty when it claims to be encoded and is not. */
    private static Optional<String> decoded(String value) {
        if (!value.startsWith(PREFIX)
                || !value.endsWith(SUFFIX)
                || value.length() < PREFIX.length() + SUFFIX.length()) {
            return Optional.of(value);
        }
        try {
            var bytes = Base64.getDecoder().decode(value.substring(PREFIX.length(), value.length() - SUFFIX.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
