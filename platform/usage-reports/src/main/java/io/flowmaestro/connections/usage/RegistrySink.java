package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The registry. Repeating a batch is safe: it knows the ids that it has. */
@ApplicationScoped
class RegistrySink implements UsageSink {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int UNACCEPTABLE = 400;

    private final UsageClient registry;

    RegistrySink(@RestClient UsageClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<Void> send(List<UsageEvent> events) {
        return report(events)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure(RegistrySink::isUnacceptable)
                .transform(_ -> new BatchRefused());
    }

    /** One user's go on their behalf, as any other call; several users' are each named with their events. */
    private Uni<Void> report(List<UsageEvent> events) {
        var user = events.getFirst().user();
        return isOf(user, events)
                ? registry.report(user, report(events, UsageClient.Event::ofTheCallsUser))
                : registry.report(report(events, UsageClient.Event::of));
    }

    private static boolean isOf(UUID user, List<UsageEvent> events) {
        for (var event : events) {
            if (!event.user().equals(user)) {
                return false;
            }
        }
        return true;
    }

    private static UsageClient.Report report(List<UsageEvent> events, Function<UsageEvent, UsageClient.Event> event) {
        List<UsageClient.Event> told = new ArrayList<>(events.size());
        for (var one : events) {
            told.add(event.apply(one));
        }
        return new UsageClient.Report(told);
    }

    private static boolean isUnacceptable(Throwable failure) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == UNACCEPTABLE;
    }
}
