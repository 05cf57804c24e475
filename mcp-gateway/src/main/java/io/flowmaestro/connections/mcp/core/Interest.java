package io.flowmaestro.connections.mcp.core;

import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import java.util.HashSet;
import java.util.Set;

/**
 * What somebody wants to be told of while no call is under way.
 *
 * @param uris resources whose updates are wanted, too
 * @param logs whether log messages are
 */
public record Interest(boolean tools, boolean prompts, boolean resources, Set<String> uris, boolean logs) {

    /** Changes of every list, and no resource. */
    public static final Interest LISTS = new Interest(true, true, true, Set.of(), false);

    public Interest {
        uris = Set.copyOf(uris);
    }

    public Interest withUris(Set<String> others) {
        return new Interest(tools, prompts, resources, others, logs);
    }

    public Interest and(Interest other) {
        var all = new HashSet<>(uris);
        all.addAll(other.uris);
        return new Interest(
                tools || other.tools, prompts || other.prompts, resources || other.resources, all, logs || other.logs);
    }

    public boolean isEmpty() {
        return !tools && !prompts && !resources && uris.isEmpty() && !logs;
    }

    /** Whether this is one of what is wanted. */
    public boolean covers(Incoming.Notification told) {
        return switch (told.method()) {
            case Told.TOOLS -> tools;
            case Told.PROMPTS -> prompts;
            case Told.RESOURCES -> resources;
            case Told.UPDATED -> uris.contains(told.params().path("uri").asText());
            case Told.LOG -> logs;
            default -> false;
        };
    }
}
