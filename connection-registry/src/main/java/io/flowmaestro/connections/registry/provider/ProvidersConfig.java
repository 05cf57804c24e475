package io.flowmaestro.connections.registry.provider;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where provider files come from besides the bundled ones. */
@ConfigMapping(prefix = "connections.providers")
interface ProvidersConfig {

    /** Folder of files that extend or override the catalogue; read again within 2 s of a change. */
    Optional<Path> directory();
}
