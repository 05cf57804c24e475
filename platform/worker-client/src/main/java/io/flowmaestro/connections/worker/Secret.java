package io.flowmaestro.connections.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be shown. It leaves through {@link #reveal} and nothing else. */
public final class Secret {

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** The text itself: for the request that needs it, never for a log or a workflow's history. */
    public String reveal() {
        return value;
    }

    boolean is(String other) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
