package io.flowmaestro.connections.verification;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Values inside URLs (RFC 3986). */
final class UrlText {

    /** What a path segment may hold as it is; a token such as {@code 123:abc} stays readable to its provider. */
    private static final String SEGMENT =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$'()*,;:@";

    private UrlText() {}

    static String segment(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (SEGMENT.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append("%02X".formatted((int) character));
            }
        }
        return encoded.toString();
    }

    /** The URL with these parameters behind those that it has. */
    static String withQuery(String url, Map<String, String> parameters) {
        return parameters.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + form(parameters);
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String join(String base, String path) {
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
