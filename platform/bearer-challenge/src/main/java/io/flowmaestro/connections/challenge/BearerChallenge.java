package io.flowmaestro.connections.challenge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server's word on what it wants (RFC 6750, section 3, and RFC 9728, section 5.1).
 *
 * @param resourceMetadata where it describes itself; null where it does not say
 * @param scopes that a token should have; empty where it does not say
 * @param error {@code insufficient_scope} and the like
 */
public record BearerChallenge(
        @Nullable String resourceMetadata,
        List<String> scopes,
        @Nullable String error) {

    /** It says no more than that a token is wanted. */
    public static final BearerChallenge BARE = new BearerChallenge(null, List.of(), null);

    private static final int LONGEST = 4096;
    private static final int MOST_SCOPES = 200;
    private static final Pattern BEARER = Pattern.compile("(?i)(?:^|[,\\s])Bearer(?:\\s+|$)");
    /** RFC 9110, 11.2: a token or a quoted string. Nothing in it goes back, so no length of it takes long or deep. */
    private static final Pattern PARAMETER = Pattern.compile(
            "\\G[\\s,]*+([A-Za-z0-9_!#$%&'*+.^`|~-]++)\\s*+=\\s*+(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([^\\s,\"]++))");
    /** RFC 6749, 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,256}");

    /** The first challenge for bearer tokens among the values of {@code WWW-Authenticate}. */
    public static Optional<BearerChallenge> of(List<String> values) {
        return values.stream()
                .filter(value -> value.length() <= LONGEST)
                .flatMap(value -> bearer(value).stream())
                .findFirst();
    }

    private static Optional<BearerChallenge> bearer(String value) {
        var scheme = BEARER.matcher(value);
        if (!scheme.find()) {
            return Optional.empty();
        }
        @Nullable String metadata = null;
        @Nullable String scope = null;
        @Nullable String error = null;
        var parameters = PARAMETER.matcher(value).region(scheme.end(), value.length());
        while (parameters.find()) {
            String text = parameters.group(2) == null
                    ? parameters.group(3)
                    : parameters.group(2).replaceAll("\\\\(.)", "$1");
            switch (parameters.group(1).toLowerCase(Locale.ROOT)) {
                case "resource_metadata" -> metadata = text;
                case "scope" -> scope = text;
                case "error" -> error = text;
                default -> {}
            }
        }
        return Optional.of(new BearerChallenge(metadata, scopes(scope), error));
    }

    /** Whether it says that the token is good, and allows too little. */
    public boolean wantsMoreScopes() {
        return "insufficient_scope".equals(error);
    }

    /** What cannot be a scope is left out. */
    private static List<String> scopes(@Nullable String scope) {
        return Stream.of(scope == null ? new String[0] : scope.split(" "))
                .filter(BearerChallenge::isScope)
                .distinct()
                .limit(MOST_SCOPES)
                .toList();
    }

    public static boolean isScope(String name) {
        return SCOPE.matcher(name).matches();
    }
}
