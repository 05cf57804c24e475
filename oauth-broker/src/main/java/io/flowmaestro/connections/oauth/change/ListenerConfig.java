package io.flowmaestro.connections.oauth.change;

import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The database of the pool, without the pool. */
@ApplicationScoped
class ListenerConfig {

    private static final String SOURCE = "quarkus.datasource.";
    private static final int CONNECT_MILLIS = 2000;
    private static final String DIRECT = "connections.oauth.changes.database-url";

    private final Config config;

    ListenerConfig(Config config) {
        this.config = config;
    }

    /** Where the pool goes through a pooler, {@code CONNECTIONS_DIRECT_DATABASE_URL} names the way past it. */
    PgConnectOptions options() {
        String url = Objects.requireNonNullElseGet(optional(DIRECT), () -> value(SOURCE + "reactive.url"));
        var options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""));
        options.setUser(value(SOURCE + "username"));
        options.setPassword(value(SOURCE + "password"));
        options.setConnectTimeout(CONNECT_MILLIS);
        options.addProperty("application_name", "oauth-broker-changes");
        return options;
    }

    private String value(String key) {
        return config.getValue(key, String.class);
    }

    private @Nullable String optional(String key) {
        return config.getOptionalValue(key, String.class).orElse(null);
    }
}
