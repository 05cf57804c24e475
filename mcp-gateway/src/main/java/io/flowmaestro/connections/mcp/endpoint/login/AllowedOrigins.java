package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose pages may call the endpoint: the public URL's, and those of {@code CONNECTIONS_UI_ORIGINS}. */
@ApplicationScoped
class AllowedOrigins {

    private final Set<String> allowed = new HashSet<>();

    AllowedOrigins(EndpointSettings settings, PublicUrls urls) {
        allowed.add(origin(urls.base()));
        settings.uiOrigins().orElse(List.of()).forEach(given -> allowed.add(origin(given.strip())));
    }

    private static String origin(String url) {
        var uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    boolean contains(String origin) {
        return allowed.contains(origin);
    }
}
