package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.usage.UsageEvent;
import io.flowmaestro.connections.usage.UsageReports;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Reports each credential that was handed out. */
@ApplicationScoped
class UsageLog {

    private static final String USED = "used";

    private final UsageReports reports;
    private final Clock clock;

    UsageLog(UsageReports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** The place is kept before the credential is handed out, so that none leaves whose use cannot be recorded. */
    <T> T ofOneInHand(Caller caller, UUID connection, Supplier<T> handingOut) {
        var place = reports.reserve();
        try {
            T handedOut = handingOut.get();
            place.fill(used(caller, connection));
            return handedOut;
        } finally {
            place.release();
        }
    }

    /** The same for one that has to be read. */
    <T> Uni<T> ofOne(Caller caller, UUID connection, Supplier<Uni<T>> handingOut) {
        return Uni.createFrom().deferred(() -> {
            var place = reports.reserve();
            return Uni.createFrom()
                    .deferred(handingOut::get)
                    .invoke(() -> place.fill(used(caller, connection)))
                    .onTermination()
                    .invoke(place::release);
        });
    }

    private UsageEvent used(Caller caller, UUID connection) {
        return UsageEvent.of(caller, connection, USED, clock.instant(), Map.of());
    }
}
