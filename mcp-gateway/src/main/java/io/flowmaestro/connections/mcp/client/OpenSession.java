package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Conversation;
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

    /** Whether the tool is known: nothing is until the list has been read, and again after the server has said that it changed. */
    boolean lists(String tool) {
        var last = seen;
        return last != null
                && last.changes() == conversation.toolsChanged()
                && last.names().contains(tool);
    }

    /** Takes the number of changes from before the list was read: one that came meanwhile counts. */
    void remember(Set<String> names, long changes) {
        seen = new SeenTools(Set.copyOf(names), changes);
    }
}
