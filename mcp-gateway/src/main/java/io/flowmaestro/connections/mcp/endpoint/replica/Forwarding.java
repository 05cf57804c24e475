package io.flowmaestro.connections.mcp.endpoint.replica;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.endpoint.answer.Answer;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Passes a request on to the replica that it belongs to, as it came: with the caller's own token, to the same path. Where to
 * comes from what was signed by one of the replicas, and from nothing else. A request is passed on once at most.
 */
@ApplicationScoped
public class Forwarding {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);
    private static final int MOST_REPLICAS = 1000;

    private final ReplicaClient replicas;
    private final MeterRegistry metrics;
    private final Cache<String, Boolean> gone;

    Forwarding(ReplicaClient replicas, ReplicaSettings settings, MeterRegistry metrics) {
        this.replicas = replicas;
        this.metrics = metrics;
        this.gone = Caffeine.newBuilder()
                .maximumSize(MOST_REPLICAS)
                .expireAfterWrite(settings.gone())
                .build();
    }

    /** Whether one of the other replicas has passed this request on to us. */
    public static boolean isPassedOn(Exchange exchange) {
        return exchange.headers().contains(Passing.MARK);
    }

    /**
     * The other replica's answer, which has reached the client when this completes. Empty when that replica is gone, or on
     * its way, or has not proved to be one: then it has not taken the request, and this one may.
     */
    public Uni<Optional<Answer>> pass(Exchange exchange, String home, HttpMethod method, byte[] body) {
        if (gone.getIfPresent(home) != null) {
            return Uni.createFrom().item(Optional.empty());
        }
        var passing = new Passing(replicas, exchange, home, method);
        return passing.send(body)
                .emitOn(CallerContext.current())
                .invoke(outcome -> count(home, outcome))
                .map(outcome -> switch (outcome) {
                    case Passing.Outcome.Answered _ -> Optional.of(Answer.over());
                    case Passing.Outcome.NotTaken _, Passing.Outcome.NotVerified _ -> Optional.empty();
                    case Passing.Outcome.Lost _ ->
                        throw RpcError.of(
                                200,
                                RpcError.INTERNAL_ERROR,
                                "The part of this service that had the request broke off. Whether it was carried out is not known.");
                });
    }

    private void count(String home, Passing.Outcome outcome) {
        switch (outcome) {
            case Passing.Outcome.Answered _, Passing.Outcome.Lost _ -> {}
            case Passing.Outcome.NotTaken _ -> gone.put(home, true);
            case Passing.Outcome.NotVerified(var reason) -> {
                gone.put(home, true);
                LOG.warnf("TLS with the replica at %s failed, so its requests are served here: %s", home, reason);
            }
        }
        metrics.counter("mcp.requests.forwarded", "outcome", outcome.name()).increment();
    }
}
