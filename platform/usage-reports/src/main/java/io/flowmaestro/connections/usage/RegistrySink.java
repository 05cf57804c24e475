package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
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
        var report = Report.of(events);
        return registry.report(report.user(), report)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure(RegistrySink::isUnacceptable)
                .transform(_ -> new BatchRefused());
    }

    private static boolean isUnacceptable(Throwable failure) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == UNACCEPTABLE;
    }
}
