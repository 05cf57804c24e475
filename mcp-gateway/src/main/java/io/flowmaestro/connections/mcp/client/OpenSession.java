package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Conversation;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A conversation that is kept, and the names of the tools seen in it. To others it only says which session it is. */
public final class OpenSession {

    private final Conversation conversation;
    private final AtomicLong told = new AtomicLong();
    private final ListedBefore listed = new ListedBefore();
    private volatile @Nullable SeenTools seen;

    OpenSession(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether the server has said that its tools changed since this was asked last. */
    boolean hasNewChanges() {
        long now = conversation.toolsTold();
        return told.getAndSet(now) < now;
    }

    /** A list, and how often the server had said until then that its tools changed. */
    private record SeenTools(Set<String> names, long changes) {}

    Conversation conversation() {
        return conversation;
    }

    /** A page that a caller asked for itself, without what the server has listed already. */
    ObjectNode firstsOnly(Offer offer, ObjectNode params, ObjectNode page) {
        return listed.firstsOnly(offer, params, page);
    }

    /** Empty until the list has been read once, and again after the server has said that it changed. */
    Optional<Set<String>> toolNames() {
        var last = seen;
        return last != null && last.changes() == conversation.toolsChanged()
                ? Optional.of(last.names())
                : Optional.empty();
    }

    /** Takes the number of changes from before the list was read: one that came meanwhile counts. */
    void remember(Set<String> names, long changes) {
        seen = new SeenTools(Set.copyOf(names), changes);
    }
}
