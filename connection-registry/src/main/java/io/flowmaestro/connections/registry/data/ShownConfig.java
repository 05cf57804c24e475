package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import java.util.List;

/** The public part of a connection's data. Some servers take their key in their address, so of those no more than may be seen. */
public final class ShownConfig {

    private static final List<String> ADDRESSES = List.of("base_url", "server_url");

    private ShownConfig() {}

    /** Metadata whose {@code config} is this part. */
    public static ObjectNode in(ObjectNode metadata) {
        var shown = metadata.deepCopy();
        if (shown.get("config") instanceof ObjectNode config) {
            shown.set("config", of(config));
        }
        return shown;
    }

    /** The part itself; what is given is changed. */
    public static ObjectNode of(ObjectNode config) {
        ADDRESSES.stream()
                .filter(name -> config.path(name).isTextual())
                .forEach(name -> config.put(name, ShownUrl.of(config.path(name).textValue())));
        return config;
    }

    /** Whoever sends back what was shown would have a credential sent to another place than the whole address names. */
    static void refusePartial(Fields fields, ObjectNode data) {
        ADDRESSES.stream()
                .filter(name -> data.path(name).isTextual()
                        && ShownUrl.isPartial(data.path(name).textValue()))
                .forEach(name -> fields.refuse(
                        name, "has *** in it, which stands for what is not shown; give the whole address"));
    }
}
