package io.flowmaestro.connections.oauth.attempt;

/** An attempt that the provider may know of from now on. */
public final class Sent {

    private final Lease lease;
    private final AnswerKey key;

    Sent(Lease lease, AnswerKey key) {
        this.lease = lease;
        this.key = key;
    }

    public Lease lease() {
        return lease;
    }

    AnswerKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "Sent[" + lease.attempt() + "]";
    }
}
