package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.attempt.Lease;
import io.flowmaestro.connections.usage.UsageEvent;
import io.flowmaestro.connections.usage.UsageReports;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells the registry, and through it the webhooks, when refreshing begins to fail and when it works again. */
@ApplicationScoped
class RefreshEvents {

    private static final Logger LOG = Logger.getLogger(RefreshEvents.class);
    private static final String BROKER = "oauth-broker";

    private final UsageReports reports;
    private final MeterRegistry metrics;
    private final Clock clock;

    RefreshEvents(UsageReports reports, MeterRegistry metrics, Clock clock) {
        this.reports = reports;
        this.metrics = metrics;
        this.clock = clock;
    }

    void failed(Lease lease, int failuresBefore, String reason) {
        count("failed");
        LOG.infof("Refreshing %s at %s: %s", lease.connection(), lease.provider(), reason);
        if (failuresBefore == 0) {
            tell(lease, "refresh_failed", Map.of("reason", reason));
        }
    }

    /** @param wasActive else the registry tells of the recovery, which it makes itself by the new credential */
    void succeeded(Lease lease, int failuresBefore, boolean wasActive) {
        count("renewed");
        if (failuresBefore > 0 && wasActive) {
            tell(lease, "recovered", Map.of("failures", failuresBefore));
        }
    }

    /** The provider ended the grant. The registry makes the event of the status. */
    void expired(Lease lease) {
        count("expired");
        if (lease.lost() > 0) {
            metrics.counter("connections.oauth.refresh.lost").increment();
            LOG.warnf(
                    "Connection %s at %s has to be reconnected: %d answers of its provider never arrived, and one had the new token",
                    lease.connection(), lease.provider(), lease.lost());
        }
    }

    private void count(String outcome) {
        metrics.counter("connections.oauth.refreshes", "outcome", outcome).increment();
    }

    private void tell(Lease lease, String type, Map<String, Object> details) {
        try {
            var broker = new Caller(lease.user(), BROKER, BROKER);
            reports.record(UsageEvent.of(broker, lease.connection(), type, clock.instant(), details));
        } catch (ProblemException full) {
            LOG.warnf("The event %s of connection %s is not told: %s", type, lease.connection(), full.detail());
        }
    }
}
