package io.flowmaestro.connections.oauth.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** OAuth to MCP servers. */
@ConfigMapping(prefix = "connections.oauth.mcp")
interface McpConfig {

    /**
     * Where our client id metadata document is, if not at {@code <CONNECTIONS_PUBLIC_URL>/api/oauth/client-metadata.json}: a
     * copy elsewhere has to name that URL as its {@code client_id}. {@code MCP_CLIENT_METADATA_URL}.
     */
    Optional<String> clientMetadataUrl();

    /** What the keys that sign for us are derived from. {@code CONNECTIONS_SERVICE_SECRET}. */
    String secret();

    /**
     * Number of the key that signs. Raising it by one rotates the key: the former one stays published, so that what it has
     * signed holds for the time of its life.
     */
    @WithDefault("1")
    int clientKey();
}
