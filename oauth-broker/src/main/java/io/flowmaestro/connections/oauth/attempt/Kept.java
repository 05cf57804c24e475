package io.flowmaestro.connections.oauth.attempt;

import io.flowmaestro.connections.oauthclient.TokenReply;

/** A provider's answer that outlives this process. Only the log makes one, so that nobody interprets what could be lost. */
public final class Kept {

    private final Lease lease;
    private final TokenReply reply;

    Kept(Lease lease, TokenReply reply) {
        this.lease = lease;
        this.reply = reply;
    }

    public Lease lease() {
        return lease;
    }

    public TokenReply reply() {
        return reply;
    }

    @Override
    public String toString() {
        return "Kept[" + lease.attempt() + "]";
    }
}
