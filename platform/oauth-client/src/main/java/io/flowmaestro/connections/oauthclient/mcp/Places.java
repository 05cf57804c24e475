package io.flowmaestro.connections.oauthclient.mcp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** URLs as discovery reads them: what makes a usable one, where documents are, and which resource covers which server. */
final class Places {

    private static final int LONGEST = 2048;

    private Places() {}

    /** Where a server describes itself: below its own path first, then for the whole origin (RFC 9728, section 3.1). */
    static List<String> ofResource(URI server) {
        String path = trimmed(server.getRawPath());
        Set<String> places = new LinkedHashSet<>();
        String known = origin(server) + "/.well-known/oauth-protected-resource";
        places.add(known + path);
        places.add(known);
        return List.copyOf(places);
    }

    /**
     * Where an issuer describes itself: as RFC 8414 has it, then as OpenID Connect does, with its own path put before the
     * issuer's and, where there is one, after it. An issuer with a path is never looked for at the root.
     */
    static List<String> ofIssuer(URI issuer) {
        String path = trimmed(issuer.getRawPath());
        String origin = origin(issuer);
        String rfc8414 = origin + "/.well-known/oauth-authorization-server" + path;
        String inserted = origin + "/.well-known/openid-configuration" + path;
        return path.isEmpty()
                ? List.of(rfc8414, inserted)
                : List.of(rfc8414, inserted, origin + path + "/.well-known/openid-configuration");
    }

    static String origin(URI url) {
        return url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority();
    }

    /** An absolute http or https URL without user and fragment; null for anything else. */
    static @Nullable URI parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                    ? url
                    : null;
        } catch (URISyntaxException notAUrl) {
            return null;
        }
    }

    static boolean isPlain(URI url) {
        return "http".equalsIgnoreCase(url.getScheme());
    }

    /** Whether a token for the resource is one for the server: the same origin, and its path or one below. */
    static boolean covers(URI resource, URI server) {
        String path = trimmed(resource.getRawPath());
        String below = server.getRawPath() == null ? "" : server.getRawPath();
        boolean samePlace = resource.getScheme().equalsIgnoreCase(server.getScheme())
                && resource.getHost().equalsIgnoreCase(server.getHost())
                && port(resource) == port(server);
        return samePlace
                && (resource.getRawQuery() == null || resource.getRawQuery().equals(server.getRawQuery()))
                && (trimmed(below).equals(path) || below.startsWith(path + "/"));
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isPlain(url) ? 80 : 443;
    }

    private static String trimmed(@Nullable String path) {
        return path == null ? "" : path.replaceAll("/+$", "");
    }
}
