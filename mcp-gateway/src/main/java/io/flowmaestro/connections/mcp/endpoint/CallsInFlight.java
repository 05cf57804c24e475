package io.flowmaestro.connections.mcp.endpoint;

import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How many requests of each user are under way on this replica: one user's flood is no other's. */
@ApplicationScoped
class CallsInFlight {

    private final int most;
    private final Map<UUID, Integer> calls = new ConcurrentHashMap<>();

    CallsInFlight(EndpointSettings settings) {
        this.most = settings.mostCallsPerUser();
    }

    <T> Uni<T> run(UUID user, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (calls.merge(user, 1, Integer::sum) > most) {
                leave(user);
                throw RpcError.of(
                        429,
                        RpcError.REFUSED,
                        "You have " + most + " requests under way already. Wait for some of them to end.");
            }
            return Uni.createFrom().deferred(work::get).onTermination().invoke(() -> leave(user));
        });
    }

    private void leave(UUID user) {
        calls.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }
}
