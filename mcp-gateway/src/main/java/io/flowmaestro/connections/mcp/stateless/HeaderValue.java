package io.flowmaestro.connections.mcp.stateless;

import io.flowmaestro.connections.mcp.core.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Text of a message as a header may carry it (2026-07-28, streamable HTTP, "Value Encoding"). */
final class HeaderValue {

    private static final Pattern PLAIN = Pattern.compile("([\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?)?");
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";
    private static final int LONGEST = 8192;

    private HeaderValue() {}

    /** @throws McpFailure when it is longer than a header may be */
    static String of(String text) {
        boolean ambiguous = text.startsWith(PREFIX) && text.endsWith(SUFFIX);
        var value = PLAIN.matcher(text).matches() && !ambiguous ? text : PREFIX + base64(text) + SUFFIX;
        if (value.length() > LONGEST) {
            throw McpFailure.protocol("it wants a value in a header that is longer than a header may be");
        }
        return value;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
