package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How a connection authenticates. It alone decides which data the connection takes. */
public enum ConnectionMethod {
    API_KEY("api_key"),
    OAUTH2("oauth2"),
    MCP("mcp"),
    BASIC_AUTH("basic_auth"),
    CUSTOM("custom");

    public static final String ALLOWED = "api_key, oauth2, mcp, basic_auth, custom";

    private final String wire;

    ConnectionMethod(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public static Optional<ConnectionMethod> find(String wire) {
        return Arrays.stream(values())
                .filter(method -> method.wire.equals(wire))
                .findFirst();
    }

    @JsonCreator
    public static ConnectionMethod of(String wire) {
        return find(wire)
                .orElseThrow(() -> new IllegalArgumentException("connection_method must be one of: " + ALLOWED));
    }
}
