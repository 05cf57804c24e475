package io.flowmaestro.connections.mcp.mirror;

import io.flowmaestro.connections.mcp.core.McpFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Text of a message as a header may carry it (2026-07-28, streamable HTTP, "Value Encoding"). */
public final class HeaderValue {

    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";
    private static final int LONGEST = 8192;

    private HeaderValue() {}

    /**
     * Encodes a text, if need be.
     *
     * @throws McpFailure when it is longer than a header may be
     */
    public static String of(String text) {
        boolean ambiguous = text.startsWith(PREFIX) && text.endsWith(SUFFIX);
        var value = isPlain(text) && !ambiguous ? text : PREFIX + base64(text) + SUFFIX;
        if (value.length() > LONGEST) {
            throw McpFailure.protocol("it wants a value in a header that is longer than a header may be");
        }
        return value;
    }

    /** Visible ASCII, and blanks between it. A loop, as every call has two of these. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isVisible(text.charAt(i)) && !(isBlank(text.charAt(i)) && i > 0 && i < text.length() - 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(char character) {
        return character > ' ' && character <= '~';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    /** The text of a header; empty when it claims to be encoded and is not, or not as everybody would encode it. */
    public static Optional<String> decoded(String header) {
        if (!header.startsWith(PREFIX)
                || !header.endsWith(SUFFIX)
                || header.length() < PREFIX.length() + SUFFIX.length()) {
            return Optional.of(header);
        }
        var encoded = header.substring(PREFIX.length(), header.length() - SUFFIX.length());
        try {
            var bytes = Base64.getDecoder().decode(encoded);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(text.toString())
                    .filter(_ -> Base64.getEncoder().encodeToString(bytes).equals(encoded));
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
