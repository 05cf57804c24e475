package io.flowmaestro.connections.oauth.attempt;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where answers go while PostgreSQL is away. */
@ConfigMapping(prefix = "connections.oauth.journal")
interface JournalConfig {

    /** A folder of this replica's own, on a volume that outlives the container. Holds sealed answers, mostly none. */
    Path directory();
}
