package io.flowmaestro.connections.local.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** What the person at the terminal is told; kept in the launcher's log as well. */
public final class Progress {
    private final PrintStream terminal;
    private final Path log;

    public Progress(PrintStream terminal, Path log) {
        this.terminal = terminal;
        this.log = log;
    }

    public synchronized void say(String line) {
        terminal.println(line);
        terminal.flush();
        keep(line);
    }

    private void keep(String line) {
        try {
            Files.writeString(
                    log,
                    Instant.now() + " " + line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException tolerable) {
            // The terminal has it; a log that cannot be written must not stop the suite.
        }
    }
}
