package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One token endpoint: where a provider has hosts of its customers' own, one that is away says nothing of the others.
 *
 * @param customer the address, where it is one customer's own: what it says of our client concerns no other; null where all
 *     connections share it
 */
record Upstream(String provider, String host, @Nullable String customer) {

    Upstream(String provider, String host) {
        this(provider, host, null);
    }

    static Upstream of(String provider, OAuthSettings settings) {
        return new Upstream(
                provider, host(settings.refreshUrl()), settings.ofOneCustomer() ? settings.refreshUrl() : null);
    }

    /**
     * The same for a connection's own. Which authorization server an MCP connection has is its user's choice, and who we are
     * there may be, too: what is seen there concerns no other address and no other client.
     */
    static Upstream of(OpenConnection connection, OAuthSettings settings) {
        return McpAuthorization.in(connection.tokens().fields())
                .map(authorization -> new Upstream(
                        McpAuthorization.LABEL,
                        host(settings.refreshUrl()),
                        settings.refreshUrl() + " as " + authorization.client().id()))
                .orElseGet(() -> of(connection.stored().provider(), settings));
    }

    /** The endpoint at this address, which all of the provider's connections share. */
    static Upstream shared(String provider, String url) {
        return new Upstream(provider, host(url));
    }

    /** The server, which customers' own addresses may share. */
    Upstream server() {
        return provider.equals(McpAuthorization.LABEL) ? this : new Upstream(provider, host);
    }

    /** For people. */
    String described() {
        return customer == null ? provider : provider + " at " + host;
    }

    private static String host(String url) {
        try {
            return Objects.requireNonNullElse(URI.create(url).getHost(), "");
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
