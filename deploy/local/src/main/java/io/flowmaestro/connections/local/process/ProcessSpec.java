package io.flowmaestro.connections.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run and how to end it.
 *
 * @param name also names its log and its process record
 * @param program the executable's file name: a recorded process that runs another program is not ours
 * @param environment the whole of it: nothing is inherited
 * @param patience how long it may take to stop before it is killed
 */
public record ProcessSpec(
        String name,
        String program,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log,
        StopSignal stopSignal,
        Duration patience) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Leaves out the environment, which holds secrets. */
    @Override
    public String toString() {
        return "ProcessSpec[" + name + "]";
    }
}
