package io.flowmaestro.connections.mcp.endpoint.exchange;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.destination.Target;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.UUID;

/**
 * The HTTP side of one POST.
 *
 * @param connection the one in the path; empty at the endpoint of all of them
 */
public record Exchange(Caller caller, Optional<UUID> connection, Target target, MultiMap headers, Channel channel) {

    /** The only value of a header; a header that is there twice says nothing. */
    public Optional<String> header(String name) {
        var values = headers.getAll(name);
        return values.size() == 1 ? Optional.of(values.getFirst().strip()) : Optional.empty();
    }
}
