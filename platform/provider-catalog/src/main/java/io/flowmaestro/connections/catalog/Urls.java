package io.flowmaestro.connections.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** URL templates of provider files. */
final class Urls {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> SERVER_SCHEMES = Set.of("http", "https", "ws", "wss");

    private Urls() {}

    /** Names in braces, in order. */
    static List<String> variables(String template) {
        return VARIABLE.matcher(template)
                .results()
                .map(MatchResult::group)
                .map(group -> group.substring(1, group.length() - 1))
                .toList();
    }

    /** Variables that decide which host a request goes to: those in the authority, or the one that the URL starts with. */
    static List<String> hostVariables(String template) {
        int authority = template.indexOf("://");
        if (template.startsWith("{")) {
            return variables(template).subList(0, 1);
        }
        return authority < 0
                ? List.of()
                : variables(template.substring(authority + 3).split("[/?#]", 2)[0]);
    }

    /** A template that starts with a variable is judged when the variable is known. */
    static boolean isEndpoint(String template) {
        if (template.startsWith("{")) {
            return true;
        }
        return switch (parse(VARIABLE.matcher(template).replaceAll("x"))) {
            case URI uri when uri.getHost() == null || uri.getUserInfo() != null -> false;
            case URI uri -> "https".equals(uri.getScheme()) || isLoopbackHttp(uri);
        };
    }

    static boolean isServerUrl(String url) {
        URI uri = parse(url);
        return uri.getHost() != null && uri.getUserInfo() == null && SERVER_SCHEMES.contains(uri.getScheme());
    }

    private static boolean isLoopbackHttp(URI uri) {
        return "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException notAUrl) {
            return URI.create("");
        }
    }
}
