package io.flowmaestro.connections.vault.masterkey;

import java.util.Arrays;

/** What an enrolled key encryption key is used for. */
public enum KeyState {
    /** Unwraps what it wrapped: one that waits to become primary, or that was. */
    DECRYPT_ONLY("decrypt-only"),
    /** Wraps everything new. There is exactly one. */
    PRIMARY("primary"),
    /** Nothing is wrapped by it any more; no replica needs it. */
    RETIRED("retired");

    private final String wireName;

    KeyState(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static KeyState of(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such state of a key: " + wireName));
    }
}
