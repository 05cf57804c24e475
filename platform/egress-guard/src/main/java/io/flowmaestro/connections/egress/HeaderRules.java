package io.flowmaestro.connections.egress;

import java.util.Locale;
import java.util.Set;

/** Which headers a caller may set: valid ones (RFC 9110, 5.1 and 5.5) that do not take part in framing or routing. */
public final class HeaderRules {

    private static final int LONGEST_NAME = 128;
    private static final String MARKS_IN_NAMES = "!#$%&'*+-.^_`|~";
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
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && isAllOfNames(name)
                && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Loops, as every header of every request comes through here. */
    private static boolean isAllOfNames(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isOfNames(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfNames(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || MARKS_IN_NAMES.indexOf(character) >= 0;
    }

    /** A blank at the beginning would be no part of it. */
    public static boolean allowedValue(String value) {
        return value.length() <= LONGEST_VALUE
                && isAllOfValues(value)
                && (value.isEmpty() || !isBlank(value.charAt(0)));
    }

    private static boolean isAllOfValues(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isOfValues(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfValues(int character) {
        return isBlank(character) || (character > ' ' && character <= 0x7e) || (character >= 0x80 && character <= 0xff);
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
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
