package io.flowmaestro.connections.local.frontdoor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path of a request in one spelling (RFC 3986, section 6.2.2): what is routed on is what is sent on, so no second
 * spelling can reach what routing forbids. Dot segments are resolved, empty segments and {@code ;parameters} dropped,
 * unreserved characters decoded. An encoded slash stays encoded: it is part of a name, not a separator.
 *
 * @param value starts with a slash
 */
record RequestPath(String value) {
    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern ENCODED_SLASH = Pattern.compile("%2F|%5C");
    private static final String ALLOWED_BARE = "-._~!$&'()*+,=:@";

    /** Empty when this is no path: not absolute, a broken escape, a control character, a backslash. */
    static Optional<RequestPath> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RequestPath(normalised(raw)));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The same with encoded slashes taken for separators, as a lenient service might take them. */
    RequestPath withSlashesDecoded() {
        return new RequestPath(normalised(ENCODED_SLASH.matcher(value).replaceAll("/")));
    }

    /** Whether this is {@code prefix} itself or below it. */
    boolean isUnder(String prefix) {
        return value.equals(prefix) || value.startsWith(prefix + "/");
    }

    private static String normalised(String raw) {
        Deque<String> segments = new ArrayDeque<>();
        boolean folder = false;
        for (String segment : SLASH.split(raw, -1)) {
            String name = canonical(withoutParameters(segment));
            folder = name.isEmpty() || name.equals(".") || name.equals("..");
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!folder) {
                segments.addLast(name);
            }
        }
        String path = segments.stream().collect(Collectors.joining("/", "/", ""));
        return folder && path.length() > 1 ? path + "/" : path;
    }

    private static String withoutParameters(String segment) {
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    private static String canonical(String segment) {
        StringBuilder canonical = new StringBuilder(segment.length());
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                append(canonical, escaped(segment, bytes, i));
                i += 2;
            } else if (ALLOWED_BARE.indexOf(bytes[i]) >= 0 || isLetterOrDigit(bytes[i])) {
                canonical.append((char) bytes[i]);
            } else {
                throw new IllegalArgumentException("not allowed in a path: " + segment);
            }
        }
        return canonical.toString();
    }

    private static int escaped(String segment, byte[] bytes, int at) {
        if (at + 2 >= bytes.length) {
            throw new IllegalArgumentException("a broken escape: " + segment);
        }
        int value = HexFormat.fromHexDigits(new String(bytes, at + 1, 2, StandardCharsets.US_ASCII));
        if (value < ' ' || value == 0x7f) {
            throw new IllegalArgumentException("a control character: " + segment);
        }
        return value;
    }

    private static void append(StringBuilder canonical, int value) {
        boolean unreserved = isLetterOrDigit(value) || "-._~".indexOf(value) >= 0;
        if (unreserved) {
            canonical.append((char) value);
        } else {
            canonical.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) value));
        }
    }

    private static boolean isLetterOrDigit(int value) {
        return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
    }
}
