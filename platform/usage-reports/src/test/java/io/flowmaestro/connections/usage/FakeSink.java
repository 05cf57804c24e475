package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Remembers what it was sent, and answers at once or when told to. */
final class FakeSink implements UsageSink {

    record Sent(List<UsageEvent> events, Duration at) {
        /** Whose they are, in their order. */
        List<UUID> users() {
            return events.stream().map(UsageEvent::user).distinct().toList();
        }

        List<UUID> ids() {
            return events.stream().map(UsageEvent::id).toList();
        }
    }

    final List<Sent> sent = new ArrayList<>();
    final List<UniEmitter<? super Void>> unanswered = new ArrayList<>();
    Function<Sent, Optional<Throwable>> answer = _ -> Optional.empty();
    boolean answersAtOnce = true;
    private final ManualLoop loop;

    FakeSink(ManualLoop loop) {
        this.loop = loop;
    }

    void failsWith(Throwable failure) {
        answer = _ -> Optional.of(failure);
    }

    void works() {
        answer = _ -> Optional.empty();
    }

    @Override
    public Uni<Void> send(List<UsageEvent> events) {
        var now = new Sent(events, loop.now());
        sent.add(now);
        if (!answersAtOnce) {
            return Uni.createFrom().emitter(unanswered::add);
        }
        return answer.apply(now)
                .map(failure -> Uni.createFrom().<Void>failure(failure))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
