package io.flowmaestro.connections.egress;

/** The host answered the wish for a WebSocket with a status of HTTP instead. */
public final class EgressUpgradeRefused extends RuntimeException {

    private final int status;

    EgressUpgradeRefused(int status) {
        super("The host did not open a WebSocket", null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
