package io.flowmaestro.connections.mcp.endpoint.question;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.session.Session;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** What clients in sessions are being asked. They answer in a request of their own, which is brought to this replica. */
@ApplicationScoped
public class OpenQuestions {

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int ID_BYTES = 18;

    private final RandomGenerator random;
    private final Cache<String, Asked> open =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    OpenQuestions(RandomGenerator random) {
        this.random = random;
    }

    private record Asked(String session, UniEmitter<? super Reply> answer) {}

    /** Asks on the channel of the call that the question belongs to. */
    public Uni<Reply> ask(Session session, Channel channel, String method, ObjectNode params) {
        return Uni.createFrom().deferred(() -> {
            var id = newId();
            return Uni.createFrom()
                    .<Reply>emitter(answer -> {
                        open.put(id, new Asked(session.id(), answer));
                        if (!channel.say(question(id, method, params))) {
                            answer.complete(Reply.refused());
                        }
                    })
                    .onTermination()
                    .invoke(() -> open.invalidate(id));
        });
    }

    /** Takes a client's answer. One to a question that is not open any more, or another session's, is dropped. */
    public void answer(Session session, String id, Reply reply) {
        var asked = open.getIfPresent(id);
        if (asked != null && asked.session().equals(session.id())) {
            open.invalidate(id);
            asked.answer().complete(reply);
        }
    }

    private static ObjectNode question(String id, String method, ObjectNode params) {
        var message = McpJson.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        return message;
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
