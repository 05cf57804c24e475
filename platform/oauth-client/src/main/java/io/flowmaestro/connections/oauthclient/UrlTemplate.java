package io.flowmaestro.connections.oauthclient;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A URL of the catalogue with {@code {names}} in it. Where a name stands decides what its value may be: in the authority
 * letters, digits, dots and hyphens of a host and nothing else; at the very beginning an https origin; in path and query
 * one segment, encoded, which is never {@code .} or {@code ..}.
 */
final class UrlTemplate {

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_.-]+)}");
    private static final Pattern HOST_PART = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final String SEGMENT =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$'()*,;:@";

    private UrlTemplate() {}

    static List<String> names(String template) {
        return NAME.matcher(template).results().map(UrlTemplate::name).toList();
    }

    /**
     * Fills in what is known and leaves the rest.
     *
     * @throws VariablesRefused for a value that would change more of the URL than its place
     */
    static String fill(String template, Map<String, String> variables) {
        int authority = template.indexOf("://");
        int path = authority < 0 ? 0 : end(template, authority + 3);
        var filled = new StringBuilder();
        var names = NAME.matcher(template);
        while (names.find()) {
            String name = names.group(1);
            String value = variables.get(name);
            String part = value == null ? names.group() : part(name, value, names.start(), path);
            names.appendReplacement(filled, java.util.regex.Matcher.quoteReplacement(part));
        }
        return names.appendTail(filled).toString();
    }

    private static String part(String name, String value, int at, int path) {
        boolean fits;
        if (at == 0) {
            fits = isOrigin(value);
        } else if (at < path) {
            fits = HOST_PART.matcher(value).matches() && !value.contains("..");
        } else {
            fits = !Set.of(".", "..").contains(value);
        }
        if (!fits) {
            throw new VariablesRefused(new TreeMap<>(Map.of(
                    name,
                    at == 0
                            ? "must be an https origin without a path"
                            : at < path ? "must be part of a host name" : "must not be a path step")));
        }
        return at < path || at == 0 ? value : segment(value);
    }

    /** Also of an API base, which may have a path. */
    static boolean isHttps(String value) {
        try {
            var uri = new URI(value);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }

    private static boolean isOrigin(String value) {
        return isHttps(value) && URI.create(value).getRawPath().isEmpty();
    }

    private static int end(String template, int from) {
        for (int at = from; at < template.length(); at++) {
            if ("/?#".indexOf(template.charAt(at)) >= 0) {
                return at;
            }
        }
        return template.length();
    }

    private static String name(MatchResult match) {
        return match.group(1);
    }

    static String segment(String value) {
        var encoded = new StringBuilder();
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
}
