package io.flowmaestro.connections.mcp.client;

import java.util.Optional;
import java.util.Set;

/** A conversation that is kept, and the names of the tools seen in it. */
final class OpenSession {

    private final Conversation conversation;
    private volatile Optional<Set<String>> toolNames = Optional.empty();

    OpenSession(Conversation conversation) {
        this.conversation = conversation;
    }

    Conversation conversation() {
        return conversation;
    }

    /** Empty until the list has been read once. */
    Optional<Set<String>> toolNames() {
        return toolNames;
    }

    void remember(Set<String> names) {
        toolNames = Optional.of(Set.copyOf(names));
    }
}
