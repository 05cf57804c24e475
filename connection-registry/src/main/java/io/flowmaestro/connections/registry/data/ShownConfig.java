package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;

/** The public part of a connection's data; of the addresses in it no more than may be seen. */
public final class ShownConfig {

    private static final String SERVER_URL = "server_url";

    private ShownConfig() {}

    /** Metadata whose {@code config} is this part. */
    public static ObjectNode in(ObjectNode metadata) {
        var shown = metadata.deepCopy();
        if (shown.get("config") instanceof ObjectNode config) {
            shown.set("config", of(config));
        }
        return shown;
    }

    private static ObjectNode of(ObjectNode config) {
        return config.path(SERVER_URL).isTextual()
                ? config.put(SERVER_URL, ShownUrl.of(config.get(SERVER_URL).textValue()))
                : config;
    }
}
