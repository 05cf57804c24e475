package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts, shows and ends runs. */
@ApplicationScoped
class RewrapService {

    private static final Logger LOG = Logger.getLogger(RewrapService.class);

    private final RewrapRuns runs;

    RewrapService(RewrapRuns runs) {
        this.runs = runs;
    }

    /** Safe to repeat: while a run is unfinished, it is joined. */
    Uni<RewrapProgress> start() {
        return runs.start()
                .invoke(begun -> begun.ifPresent(run -> LOG.infof("rewrap run %d started", run)))
                .chain(this::progress);
    }

    Uni<RewrapProgress> progress() {
        return runs.progress().map(latest -> latest.orElseThrow(RewrapService::noRun));
    }

    /** Ends the run if it is done; one replica does. */
    Uni<Void> finish(long run, Duration settle) {
        return runs.finish(run, settle)
                .invoke(ended -> ended.ifPresent(RewrapService::report))
                .replaceWithVoid();
    }

    private static void report(RewrapRuns.Finished ended) {
        LOG.infof(
                "rewrap run %d finished: %d rewrapped, %d unchanged, %d failed",
                ended.run(), ended.rewrapped(), ended.unchanged(), ended.failed());
        if (ended.followedBy() != null) {
            LOG.infof("rewrap run %d started", ended.followedBy());
        }
    }

    private static ProblemException noRun() {
        return new ProblemException(
                RegistryProblem.REWRAP_RUN_NOT_FOUND,
                "Nothing has been rewrapped yet. Start a run with POST /internal/rewrap.");
    }
}
