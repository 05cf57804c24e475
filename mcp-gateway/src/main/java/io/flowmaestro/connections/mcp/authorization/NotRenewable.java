package io.flowmaestro.connections.mcp.authorization;

/** There is no other token to be had without the user. An expected outcome, hence without a stack. */
public final class NotRenewable extends RuntimeException {

    public NotRenewable() {
        super("there is no other token to be had without the user", null, false, false);
    }
}
