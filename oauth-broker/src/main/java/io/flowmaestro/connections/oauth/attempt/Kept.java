package io.flowmaestro.connections.oauth.attempt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauthclient.TokenReply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider's answer that outlives this process. Only the log makes one, so that nobody interprets what could be lost. */
public final class Kept {

    private final Lease lease;
    private final TokenReply reply;
    private final @Nullable ObjectNode origin;

    Kept(Lease lease, TokenReply reply, @Nullable ObjectNode origin) {
        this.lease = lease;
        this.reply = reply;
        this.origin = origin;
    }

    public Lease lease() {
        return lease;
    }

    public TokenReply reply() {
        return reply;
    }

    /** Whom it came from, as it was given to be kept; empty where the catalogue's provider says so. */
    public Optional<ObjectNode> origin() {
        return Optional.ofNullable(origin);
    }

    @Override
    public String toString() {
        return "Kept[" + lease.attempt() + "]";
    }
}
