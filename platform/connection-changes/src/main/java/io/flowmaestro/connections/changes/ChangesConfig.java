package io.flowmaestro.connections.changes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How changes are heard, and how long anything is remembered that they make stale. */
@ConfigMapping(prefix = "connections.changes")
interface ChangesConfig {

    /** The suite's database past any pooler, {@code postgresql://host:port/database}, with {@code ?sslmode=verify-full} in production. */
    String databaseUrl();

    /** The role that listens; it needs nothing but to log in. */
    String user();

    /** That role's password. */
    String password();

    /** A PEM file with the authorities that may vouch for the database; the JDK's own without it. */
    Optional<String> databaseCa();

    /** How long opened connections are remembered; at most 30 s, and 0 for not at all. */
    @WithDefault("30S")
    Duration remembered();
}
