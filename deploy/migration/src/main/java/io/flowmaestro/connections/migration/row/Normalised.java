package io.flowmaestro.connections.migration.row;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of the source in the spelling of the registry. */
final class Normalised {
    private static final int LONGEST_PROVIDER = 64;
    private static final int LONGEST_NAME = 255;
    private static final Pattern NOT_IN_A_SLUG = Pattern.compile("[^a-z0-9]+");
    private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");

    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("api-key", "api_key"),
            Map.entry("apikey", "api_key"),
            Map.entry("oauth2", "oauth2"),
            Map.entry("oauth", "oauth2"),
            Map.entry("oauth-2", "oauth2"),
            Map.entry("oauth2-token", "oauth2"),
            Map.entry("oauth-token", "oauth2"),
            Map.entry("basic-auth", "basic_auth"),
            Map.entry("basic", "basic_auth"),
            Map.entry("basicauth", "basic_auth"),
            Map.entry("custom", "custom"),
            Map.entry("custom-headers", "custom"),
            Map.entry("mcp", "mcp"));

    private static final Map<String, String> STATUSES = Map.of(
            "active", "active",
            "invalid", "invalid",
            "expired", "expired",
            "revoked", "revoked");

    private Normalised() {}

    static Optional<String> method(String source) {
        return Optional.ofNullable(METHODS.get(slug(source)));
    }

    /** Empty for one that the registry does not have. */
    static Optional<String> status(String source) {
        return Optional.ofNullable(STATUSES.get(source.strip().toLowerCase(Locale.ROOT)));
    }

    /** {@code ^[a-z0-9][a-z0-9-]{0,63}$}; empty when nothing of that kind is in it. */
    static Optional<String> provider(String source) {
        if (source.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            return Optional.of(source);
        }
        String slug = slug(source);
        String short64 = slug.length() > LONGEST_PROVIDER ? slug.substring(0, LONGEST_PROVIDER) : slug;
        return Optional.of(OUTER_HYPHENS.matcher(short64).replaceAll("")).filter(known -> !known.isEmpty());
    }

    /** At most 255 characters, none cut in two. */
    static String name(String source) {
        return source.codePointCount(0, source.length()) > LONGEST_NAME
                ? source.substring(0, source.offsetByCodePoints(0, LONGEST_NAME))
                : source;
    }

    private static String slug(String source) {
        String hyphenated =
                NOT_IN_A_SLUG.matcher(source.toLowerCase(Locale.ROOT)).replaceAll("-");
        return OUTER_HYPHENS.matcher(hyphenated).replaceAll("");
    }
}
