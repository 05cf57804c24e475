package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.Told;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import java.util.stream.Collectors;

/** What one connection's server tells, for those who listen to all of them. */
final class PublicChanges {

    private static final String URI = "uri";

    private PublicChanges() {}

    /** What is wanted of this connection, in its server's own addresses. */
    static Interest interestOf(Named connection, Interest interest) {
        return interest.withUris(interest.uris().stream()
                .filter(uri -> PublicNames.slugOfUri(uri)
                        .filter(connection.slug()::equals)
                        .isPresent())
                .map(PublicNames::serverUri)
                .collect(Collectors.toSet()));
    }

    static Incoming.Notification of(Named connection, Incoming.Notification told) {
        if (!told.method().equals(Told.UPDATED)) {
            return told;
        }
        var params = told.params().deepCopy();
        params.put(URI, PublicNames.uri(connection, params.path(URI).asText()));
        return new Incoming.Notification(told.method(), params);
    }
}
