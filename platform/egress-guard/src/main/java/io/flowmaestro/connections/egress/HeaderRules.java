package io.flowmaestro.connections.egress;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a caller may set: valid ones (RFC 9110, 5.1 and 5.5) that do not take part in framing or routing. */
public final class HeaderRules {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e\\x80-\\xff]([\\t\\x20-\\x7e\\x80-\\xff]*)?|");
    private static final int LONGEST_VALUE = 8192;
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "http2-settings",
            "accept-encoding");

    private HeaderRules() {}

    public static boolean allowedName(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    public static boolean allowedValue(String value) {
        return value.length() <= LONGEST_VALUE && VALUE.matcher(value).matches();
    }

    static void require(String name, String value) {
        if (!allowedName(name)) {
            throw new IllegalArgumentException("This header cannot be set on an outbound request");
        }
        if (!allowedValue(value)) {
            throw new IllegalArgumentException(
                    "The value of the header " + name + " has characters that are not allowed");
        }
    }
}
