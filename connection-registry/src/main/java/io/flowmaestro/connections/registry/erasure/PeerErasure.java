package io.flowmaestro.connections.registry.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** A peer that holds something of users. Erasing twice does no harm. */
public interface PeerErasure {

    /** The peer's name, as it stands in the receipt. */
    String peer();

    /** What the peer removed. Fails when it does not answer, or not with success. */
    Uni<JsonNode> erase(UUID user);
}
