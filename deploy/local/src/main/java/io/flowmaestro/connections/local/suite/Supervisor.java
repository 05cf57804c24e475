package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessSpec;
import io.flowmaestro.connections.local.process.RestartBudget;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Starts a process again that died while the suite runs. The front door answers 503 for it meanwhile. One that keeps
 * dying stays down; the rest goes on.
 */
final class Supervisor {
    private final Children children;
    private final Progress progress;
    private final InstantSource clock;

    Supervisor(Children children, Progress progress, InstantSource clock) {
        this.children = children;
        this.progress = progress;
        this.clock = clock;
    }

    void watch(ChildProcess child) {
        Thread.ofVirtual().name("watch " + child.spec().name()).start(() -> keepAlive(child));
    }

    private void keepAlive(ChildProcess first) {
        RestartBudget budget = new RestartBudget();
        Optional<ChildProcess> running = Optional.of(first);
        try {
            while (running.isPresent()) {
                int exitCode = running.get().exitCode();
                running = children.stopping() ? Optional.empty() : again(first.spec(), exitCode, budget);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Refusal stoppingOrBroken) {
            if (!children.stopping()) {
                progress.say(String.valueOf(stoppingOrBroken.getMessage()));
            }
        }
    }

    private Optional<ChildProcess> again(ProcessSpec spec, int exitCode, RestartBudget budget)
            throws InterruptedException {
        Optional<Duration> pause = budget.pauseAfterDeathAt(clock.instant());
        if (pause.isEmpty()) {
            progress.say(spec.name() + " stopped again (exit code " + exitCode
                    + ") and stays down. See ./connections logs " + spec.name() + "; then ./connections down and up.");
            return Optional.empty();
        }
        progress.say(spec.name() + " stopped unexpectedly (exit code " + exitCode + "); starting it again in "
                + pause.get().toSeconds() + " s. Its log: " + spec.log());
        Thread.sleep(pause.get());
        return Optional.of(children.start(spec));
    }
}
