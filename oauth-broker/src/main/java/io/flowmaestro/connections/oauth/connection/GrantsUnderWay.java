package io.flowmaestro.connections.oauth.connection;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What users have granted and no connection has yet. */
public interface GrantsUnderWay {

    /** Of grants for this connection none is stored any more, unless that is being done at this moment; their tokens are revoked. */
    Uni<Void> callOff(UUID owner, UUID connection);
}
