package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.process.ProcessRecord;
import io.flowmaestro.connections.local.process.Reaper;
import io.flowmaestro.connections.local.process.Stopping;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Stops a running suite, or what a killed launcher left of it. */
public final class Down {
    private final RunState state;

    public Down(RunState state) {
        this.state = state;
    }

    /** Answers what was done, for the person at the terminal. */
    public String run() {
        Optional<ProcessRecord> launcher = state.records().find(RunState.LAUNCHER);
        Optional<ProcessHandle> running = launcher.flatMap(ProcessRecord::living);
        running.ifPresent(process -> Stopping.stop(
                process,
                launcher.orElseThrow().stopSignal(),
                launcher.orElseThrow().patience()));
        List<String> left = new Reaper(state.records()).reap();
        forget();
        if (!left.isEmpty()) {
            return "Stopped what a killed launcher had left: " + String.join(", ", left) + ".";
        }
        return running.isPresent() ? "Stopped." : "The suite is not running.";
    }

    /** A launcher that ended by itself has done it; one that was killed left the file with which psql finds the database. */
    private void forget() {
        try {
            state.end();
        } catch (IOException failure) {
            throw new Refusal("The run state could not be removed: " + failure);
        }
    }
}
