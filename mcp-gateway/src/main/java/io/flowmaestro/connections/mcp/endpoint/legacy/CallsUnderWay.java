package io.flowmaestro.connections.mcp.endpoint.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.core.Stoppable;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Requests of sessions that this replica works on, for {@code notifications/cancelled}. */
@ApplicationScoped
class CallsUnderWay {

    private final Map<Key, Stoppable> calls = new ConcurrentHashMap<>();

    private record Key(String session, JsonNode request) {}

    <T> Uni<T> run(Session session, JsonNode request, Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            var key = new Key(session.id(), request);
            var stoppable = new Stoppable();
            if (calls.putIfAbsent(key, stoppable) != null) {
                throw RpcError.of(200, RpcError.INVALID_REQUEST, "A request with this id is under way already.");
            }
            return stoppable.run(call).onTermination().invoke(() -> calls.remove(key, stoppable));
        });
    }

    void cancel(Session session, JsonNode request) {
        var call = calls.get(new Key(session.id(), request));
        if (call != null) {
            call.stop(RpcError.of(200, RpcError.REFUSED, "Cancelled by the client."));
        }
    }
}
