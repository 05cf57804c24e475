package io.flowmaestro.connections.mcp.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Connections whose servers were waited for in vain a moment ago, so that not everybody who asks many servers at once waits
 * for them again. Forgotten as soon as a server answers anything, when its connection changes, and after a while. It keeps
 * nobody from a server: whoever asks for that one alone has it asked.
 */
@Singleton
public class AwayServers {

    private static final long MOST = 20_000;

    private final Cache<UUID, Boolean> away;
    private final Duration lasts;

    AwayServers(ClientSettings settings, ConnectionChanges changes) {
        this.lasts = settings.awayLasts();
        this.away =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(lasts).build();
        // A change that is missed costs no more than the while.
        changes.forgetBy(away::invalidate, () -> {});
    }

    public boolean isAway(UUID connection) {
        return away.getIfPresent(connection) != null;
    }

    /** The longest until a server that is away is asked again. */
    public Duration lasts() {
        return lasts;
    }

    /**
     * A quick request, which tells whether the server is there.
     *
     * @param patience how long it has to answer, when the caller gives up before its time is over
     */
    public <T> Uni<T> observed(UUID connection, Duration patience, Supplier<Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return request.get()
                    .onFailure(AwayServers::isAbsence)
                    .invoke(() -> away.put(connection, true))
                    .onCancellation()
                    .invoke(() -> givenUp(connection, Duration.ofNanos(System.nanoTime() - began), patience));
        });
    }

    private void givenUp(UUID connection, Duration waited, Duration patience) {
        if (waited.compareTo(patience) >= 0) {
            away.put(connection, true);
        }
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code() == McpProblem.SERVER_UNREACHABLE || problem.code() == McpProblem.SERVER_TIMEOUT);
    }

    void answered(UUID connection) {
        away.invalidate(connection);
    }
}
