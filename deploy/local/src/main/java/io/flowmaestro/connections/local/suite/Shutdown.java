package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Stops what was started, in reverse: services, then providers, then the database. Runs as the virtual machine's
 * shutdown hook, so it is the same whether a signal, a failed start or {@code down} is the reason.
 */
final class Shutdown implements Runnable {
    private final Children children;
    private final RunState state;
    private final Progress progress;

    Shutdown(Children children, RunState state, Progress progress) {
        this.children = children;
        this.state = state;
        this.progress = progress;
    }

    @Override
    public void run() {
        List<ChildProcess> started = children.stopStarting();
        if (!started.isEmpty()) {
            progress.say("Stopping. A service ends what it has begun first, within %d s."
                    .formatted(Processes.SERVICE_PATIENCE.toSeconds()));
        }
        stopAll(started, Shutdown::isService);
        stopAll(started, child -> !isService(child) && !isDatabase(child));
        stopAll(started, Shutdown::isDatabase);
        try {
            state.end();
        } catch (IOException failure) {
            progress.say("The run state could not be removed: " + failure);
        }
        if (!started.isEmpty()) {
            progress.say("Stopped.");
        }
    }

    private static void stopAll(List<ChildProcess> started, Predicate<ChildProcess> which) {
        List<Together.Part> stops = started.stream()
                .filter(which)
                .<Together.Part>map(child -> child::stop)
                .toList();
        Together.run(stops);
    }

    private static boolean isService(ChildProcess child) {
        return List.of(Service.values()).stream()
                .anyMatch(service -> service.serviceName().equals(child.spec().name()));
    }

    private static boolean isDatabase(ChildProcess child) {
        return child.spec().name().equals(EmbeddedPostgres.NAME)
                || child.spec().name().equals("initdb");
    }
}
