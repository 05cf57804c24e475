package io.flowmaestro.connections.mcp.endpoint.legacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.exchange.Capabilities;
import io.flowmaestro.connections.mcp.endpoint.message.LogLevel;
import io.flowmaestro.connections.mcp.endpoint.question.OpenQuestions;
import io.flowmaestro.connections.mcp.endpoint.session.Session;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * A client in a session, while one of its requests is under way: everything goes down that request's stream.
 *
 * @param level the least severe log messages that it wants; all that the server sends, if it never said
 */
record LegacyListener(Session session, Channel channel, OpenQuestions questions, Optional<String> level)
        implements Listener {

    @Override
    public ObjectNode capabilities() {
        return channel.takesEvents() ? session.capabilities() : Listener.super.capabilities();
    }

    @Override
    public void notified(String method, ObjectNode params) {
        boolean wanted = !method.equals("notifications/message")
                || level.map(least -> LogLevel.reaches(params.path("level").textValue(), least))
                        .orElse(true);
        if (wanted) {
            channel.mention(Outgoing.notification(method, params));
        }
    }

    @Override
    public Uni<Reply> asked(String method, ObjectNode params) {
        var needed = Capabilities.neededFor(method);
        return capabilities().has(needed)
                ? questions.ask(session, channel, method, params)
                : Uni.createFrom().item(Reply.refused());
    }
}
