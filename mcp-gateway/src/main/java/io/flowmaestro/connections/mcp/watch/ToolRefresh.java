package io.flowmaestro.connections.mcp.watch;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Whoever keeps the tools of connections, and compares them with what was approved. */
public interface ToolRefresh {

    /** Has them read anew. Takes a bounded time, and may fail. */
    Uni<Void> refresh(UUID user, UUID connection);
}
