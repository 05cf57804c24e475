package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauthclient.OAuthSettings;
import java.net.URI;
import java.util.Objects;

/** One token endpoint: where a provider has hosts of its customers' own, one that is away says nothing of the others. */
record Upstream(String provider, String host) {

    static Upstream of(String provider, OAuthSettings settings) {
        return new Upstream(provider, Objects.requireNonNullElse(host(settings.refreshUrl()), ""));
    }

    private static @org.jspecify.annotations.Nullable String host(String url) {
        try {
            return URI.create(url).getHost();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
