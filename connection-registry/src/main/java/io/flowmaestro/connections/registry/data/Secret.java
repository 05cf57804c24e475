package io.flowmaestro.connections.registry.data;

import java.nio.charset.StandardCharsets;

/** A text that must not show: only {@link #reveal} gives it out, which is easy to search for. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    public byte[] revealBytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
