package io.flowmaestro.connections.mcp.connection;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tests of connections that were not tested for a day; the registry makes them, and keeps what came of them. */
public interface TestsBeforeUse {

    /** Tests the connection if that is still due, and tells how it stands now. Takes a bounded time, and may fail. */
    Uni<Standing> testIfDue(UUID user, UUID connection);

    record Standing(String status, @Nullable String statusReason) {}
}
