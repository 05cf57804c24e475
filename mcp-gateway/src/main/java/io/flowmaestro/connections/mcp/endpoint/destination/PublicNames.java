package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.mcp.core.Digests;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names and addresses of one connection's server among all of them. A name is the prefix, an underscore and the server's
 * name; one that is too long, has other characters or looks like such a replacement is replaced by a part and a digest of
 * it, so that no two names of a server become one.
 */
final class PublicNames {

    private static final int LONGEST = 64;
    private static final int DIGEST = 12;
    private static final String SCHEME = "connection:";
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern REPLACED = Pattern.compile(".*-[0-9a-f]{" + DIGEST + "}", Pattern.DOTALL);

    private PublicNames() {}

    static String name(Named connection, String name) {
        int room = LONGEST - connection.slug().length() - 1;
        boolean plain = name.length() <= room && ALLOWED.matcher(name).matches() && !isReplaced(name);
        return connection.slug() + "_" + (plain ? name : replaced(name, room));
    }

    private static String replaced(String name, int room) {
        var readable = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        var digest = Digests.sha256(name).substring(0, DIGEST);
        return readable.substring(0, Math.min(readable.length(), room - DIGEST - 1)) + "-" + digest;
    }

    /** The prefix of a name; empty when it has none. */
    static Optional<String> slugOfName(String publicName) {
        int end = publicName.indexOf('_');
        return end > 0 ? Optional.of(publicName.substring(0, end)) : Optional.empty();
    }

    /** What follows the prefix: the server's name, unless {@link #isReplaced}. */
    static String rest(String publicName) {
        return publicName.substring(publicName.indexOf('_') + 1);
    }

    static boolean isReplaced(String rest) {
        return REPLACED.matcher(rest).matches();
    }

    static String uri(Named connection, String uri) {
        return SCHEME + connection.slug() + ":" + uri;
    }

    static Optional<String> slugOfUri(String publicUri) {
        int end = publicUri.indexOf(':', SCHEME.length());
        return publicUri.startsWith(SCHEME) && end > 0
                ? Optional.of(publicUri.substring(SCHEME.length(), end))
                : Optional.empty();
    }

    static String serverUri(String publicUri) {
        return publicUri.substring(publicUri.indexOf(':', SCHEME.length()) + 1);
    }
}
