package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * An opened way of talking to one server. The core knows nothing of protocol revisions, sessions or transports; each era
 * implements this. Holds no credential: that comes with every call. Failures are {@link McpFailure}.
 */
public interface Conversation {

    ServerFacts facts();

    /**
     * Sends one request and gives its result object, untouched. Whoever cancels it has the server told, in the way of its
     * era.
     */
    Uni<ObjectNode> request(Upstream upstream, Call call);

    /**
     * What the server tells while no call is under way, its updates of the resources that are wanted included. Lasts until the
     * server or the time ends it, or somebody cancels; holds the credential for as long. Fails with
     * {@link Reason.NothingTold} where the era or the server knows of no such thing.
     *
     * @param opened run once the server listens to us, so that nothing is missed from then on
     */
    Multi<Incoming.Notification> changes(Upstream upstream, Interest interest, Runnable opened);

    /** Grows whenever the server says that its tools have changed, or its list of them is too old. */
    long toolsChanged();

    /** Grows whenever the server says that its tools have changed. */
    long toolsTold();

    /** Whether it can still be used; one that cannot is opened again. */
    default boolean usable() {
        return true;
    }

    /** Whether its server keeps something for it until it is told that we are done. */
    default boolean isKeptByServer() {
        return false;
    }

    /** Tells the server that we are done, if its era knows of that. Never fails. */
    Uni<Void> close(Upstream upstream);

    /** Lets go of what is held here, without a word to the server. Safe to repeat. */
    default void drop() {}
}
