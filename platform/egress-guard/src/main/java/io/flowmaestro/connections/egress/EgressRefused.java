package io.flowmaestro.connections.egress;

/** The URL may not be called. Nothing was sent. */
public final class EgressRefused extends EgressException {

    private final transient Refusal reason;

    EgressRefused(Refusal reason) {
        super(reason.message(), null);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
