package io.flowmaestro.connections.local.process;

import java.io.IOException;

/** How a process is asked to stop. */
public enum StopSignal {
    TERM,
    /** PostgreSQL's fast shutdown: it does not wait for its clients, and leaves nothing to recover. */
    INT;

    /** Java itself sends TERM and KILL only; {@code kill} is there on every machine that this runs on. */
    void send(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-s", name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
