package io.flowmaestro.connections.oauth.flow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The authorization code flow. */
@ConfigMapping(prefix = "connections.oauth.flow")
interface FlowConfig {

    /** Base URL under which users reach the suite; makes every redirect URI. {@code CONNECTIONS_PUBLIC_URL}. */
    String publicUrl();

    /** Whether the public URL may be plain http: set by the local profile alone. */
    @WithDefault("false")
    boolean plainHttpAllowed();

    /** How long a user has between authorize and callback; ten minutes at most. */
    @WithDefault("10M")
    Duration lifetime();
}
