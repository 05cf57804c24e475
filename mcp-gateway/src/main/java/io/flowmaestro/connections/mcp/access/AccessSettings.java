package io.flowmaestro.connections.mcp.access;

import io.smallrye.config.ConfigMapping;

/** Who is let in. */
@ConfigMapping(prefix = "connections.mcp.access")
public interface AccessSettings {

    /** The audience that tokens of the suite have anywhere, {@code CONNECTIONS_AUDIENCE}. */
    String audience();
}
