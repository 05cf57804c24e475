package io.flowmaestro.connections.mcp.provider;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** Where a provider's server is on this installation: {@code MCP_<KEY>_URL}, else what the catalogue says. */
@ApplicationScoped
class ServerUrls {

    private final Config config;

    ServerUrls(Config config) {
        this.config = config;
    }

    String of(McpProvider provider) {
        var name = "MCP_" + provider.key().toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
        return config.getOptionalValue(name, String.class)
                .filter(url -> !url.isBlank())
                .orElse(provider.serverUrl());
    }
}
