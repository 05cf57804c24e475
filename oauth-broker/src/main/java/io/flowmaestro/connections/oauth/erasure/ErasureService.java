package io.flowmaestro.connections.oauth.erasure;

import io.flowmaestro.connections.usage.UsageReports;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Removes what this service holds of a user. Safe to repeat. A crash in between leaves the reports of use in a memory
 * that is gone as well.
 */
@ApplicationScoped
class ErasureService {

    private final ErasureRepository rows;
    private final UsageReports reports;

    ErasureService(ErasureRepository rows, UsageReports reports) {
        this.rows = rows;
        this.reports = reports;
    }

    Uni<Removed> erase(UUID user) {
        return rows.erase(user).chain(removed -> reports.forget(user).map(removed::withUsageEvents));
    }
}
