package io.flowmaestro.connections.vault.kms.transit;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings that these variables of the environment make. */
final class Settings {

    private Settings() {}

    static TransitConfig of(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withMapping(TransitConfig.class)
                .build()
                .getConfigMapping(TransitConfig.class);
    }
}
