package io.flowmaestro.connections.registry.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire.
 *
 * @param number in the order in which they are made
 * @param user whose it is, as far as it is somebody's
 * @param target path and query
 * @param credentials who sends it, in words
 * @param authorization the header's value; never printed
 */
record FuzzRequest(
        int number,
        Operation operation,
        UUID user,
        String method,
        String target,
        String credentials,
        @Nullable String authorization,
        List<String> headers,
        byte @Nullable [] body) {

    /** Request line and headers. */
    String head() {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (authorization != null) {
            head.append("Authorization: ").append(authorization).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** Everything that reproduces it but the token. */
    @Override
    public String toString() {
        String text = body == null ? "no body" : new String(body, StandardCharsets.UTF_8);
        return "request %d (%s), as %s of %s: %s %s | %s | %s"
                .formatted(
                        number,
                        operation,
                        credentials,
                        user,
                        method,
                        visible(target, 1000),
                        visible(headers.stream().collect(Collectors.joining("; ")), 1500),
                        visible(text, 3000));
    }

    static String visible(String text, int most) {
        var visible = new StringBuilder();
        text.chars()
                .limit(most)
                .forEach(c -> visible.append(c < ' ' || c > '~' ? "\\u%04x".formatted(c) : "" + (char) c));
        return text.length() > most ? visible + "... (" + text.length() + " characters)" : visible.toString();
    }
}
