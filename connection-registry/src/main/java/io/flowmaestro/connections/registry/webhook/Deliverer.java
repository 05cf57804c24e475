package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.registry.data.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Delivers what is due. A crash after the receiver has it and before that is written makes it come twice, under the same
 * {@code webhook-id}.
 */
@ApplicationScoped
class Deliverer {

    private static final Logger LOG = Logger.getLogger(Deliverer.class);
    private static final int AT_ONCE = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_ANSWER = 64 * 1024;

    private final DueDeliveries due;
    private final WebhookSecrets secrets;
    private final EgressClient http;
    private final MeterRegistry metrics;
    private final Clock clock;

    Deliverer(DueDeliveries due, WebhookSecrets secrets, EgressClient http, MeterRegistry metrics, Clock clock) {
        this.due = due;
        this.secrets = secrets;
        this.http = http;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One round. Answers how many deliveries were in it. */
    Uni<Integer> deliver() {
        return due.claim(AT_ONCE).chain(claimed -> all(claimed).replaceWith(claimed.size()));
    }

    private Uni<Void> all(List<DueDeliveries.Claimed> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(this::deliver)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** One that breaks off comes again when its claim lapses, and stops no other. */
    private Uni<Void> deliver(DueDeliveries.Claimed claimed) {
        return due.read(claimed)
                .chain(found -> found.map(parcel -> attempt(claimed, parcel)).orElseGet(() -> due.drop(claimed)))
                .onFailure()
                .invoke(failure -> LOG.warnf("the delivery %s broke off, and comes again: %s", claimed.id(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> attempt(DueDeliveries.Claimed claimed, DueDeliveries.Parcel parcel) {
        return send(claimed, parcel)
                .invoke(attempt -> count(attempt))
                .chain(attempt -> due.record(claimed, parcel.attempts(), attempt));
    }

    private Uni<Attempt> send(DueDeliveries.Claimed claimed, DueDeliveries.Parcel parcel) {
        return secrets.open(claimed.user(), parcel.webhook(), parcel.secret())
                .chain(secret -> http.send(request(parcel, secret)))
                .map(answer -> Attempt.of(answer.status()))
                .onFailure()
                .recoverWithItem(Attempt::of);
    }

    private EgressRequest request(DueDeliveries.Parcel parcel, Secret secret) {
        Map<String, String> headers =
                new TreeMap<>(Signature.headers(parcel.event().toString(), clock.instant(), parcel.payload(), secret));
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "FlowMaestro-Connections");
        return EgressRequest.post(parcel.url(), Buffer.buffer(parcel.payload()))
                .withHeaders(headers)
                .withTimeout(TIMEOUT)
                .withMaxBody(MAX_ANSWER);
    }

    private void count(Attempt attempt) {
        String outcome = switch (attempt) {
            case Attempt.Received received -> "received";
            case Attempt.Missed missed -> "missed";
            case Attempt.Gone gone -> "gone";
            case Attempt.NotMade notMade -> "not_made";
        };
        metrics.counter("registry.webhook.attempts", "outcome", outcome).increment();
    }
}
