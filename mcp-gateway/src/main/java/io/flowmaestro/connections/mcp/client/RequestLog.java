package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Makes requests to MCP servers, with a DEBUG line for each: its method and the revision that is spoken, never a parameter. */
final class RequestLog {

    private static final Logger LOG = Logger.getLogger(RequestLog.class);

    /** Clients may name methods of their own. */
    private static final Pattern METHOD = Pattern.compile("[a-z]+(/[a-z_]+)*", Pattern.CASE_INSENSITIVE);

    private RequestLog() {}

    static Uni<ObjectNode> request(Conversation conversation, Upstream upstream, Call call) {
        if (!LOG.isDebugEnabled()) {
            return conversation.request(upstream, call);
        }
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return conversation
                    .request(upstream, call)
                    .invoke(_ -> ended(conversation, call, "answered", started))
                    .onFailure()
                    .invoke(failure -> ended(conversation, call, reason(failure), started))
                    .onCancellation()
                    .invoke(() -> ended(conversation, call, "given up", started));
        });
    }

    private static void ended(Conversation conversation, Call call, String how, long started) {
        LOG.debugf(
                "%s by %s: %s after %d ms",
                METHOD.matcher(call.method()).matches() ? call.method() : "A method of the client's own",
                conversation.facts().protocolVersion(),
                how,
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    private static String reason(Throwable failure) {
        return failure instanceof McpFailure known
                ? known.reason().getClass().getSimpleName()
                : failure.getClass().getSimpleName();
    }
}
