package io.flowmaestro.connections.oauth.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Reading the provider catalogue. */
@ConfigMapping(prefix = "connections.oauth.registry")
interface RegistryConfig {

    /** For how long a provider's definition is used without asking the registry whether it changed. */
    @WithDefault("10S")
    Duration providerCache();
}
