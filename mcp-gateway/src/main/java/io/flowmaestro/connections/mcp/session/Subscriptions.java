package io.flowmaestro.connections.mcp.session;

import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Asks a server of the revisions before 2026-07-28 to tell of updates of single resources. */
public final class Subscriptions {

    private Subscriptions() {}

    /** One after the other. A resource that the server refuses is passed over; it is not for that that the others go without. */
    public static Uni<Void> of(Conversation conversation, Upstream upstream, Interest interest) {
        if (interest.uris().isEmpty() || !conversation.facts().tellsUpdates()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(interest.uris())
                .onItem()
                .transformToUniAndConcatenate(uri -> conversation
                        .request(
                                upstream,
                                Call.of("resources/subscribe", McpJson.object().put("uri", uri)))
                        .onFailure(failure -> McpFailure.is(failure, Reason.Rejected.class))
                        .recoverWithItem(McpJson.object()))
                .onItem()
                .ignoreAsUni();
    }
}
