package io.flowmaestro.connections.oauth.attempt;

/** The lease was over before the provider could be asked; it was not. */
public final class LeaseLapsed extends RuntimeException {

    LeaseLapsed() {
        super("the lease lapsed before the provider was asked");
    }
}
