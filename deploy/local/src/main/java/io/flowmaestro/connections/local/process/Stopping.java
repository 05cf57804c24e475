package io.flowmaestro.connections.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Ends a process: asks, waits, and then kills. */
public final class Stopping {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    private Stopping() {}

    /** Answers whether it ended by itself after being asked. */
    public static boolean stop(ProcessHandle process, StopSignal signal, Duration patience) {
        if (!alive(process)) {
            return true;
        }
        signal.send(process);
        if (ended(process, patience)) {
            return true;
        }
        process.destroyForcibly();
        ended(process, AFTER_KILL);
        return false;
    }

    /** A zombie is dead: where nobody collects orphans, it keeps its process id and nothing else. */
    public static boolean alive(ProcessHandle process) {
        return process.isAlive() && !zombie(process.pid());
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (alive(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static boolean zombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (!Files.exists(stat)) {
                return false;
            }
            String line = Files.readString(stat);
            // The program's name stands in parentheses and may hold any character; the state follows it.
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return false;
        }
    }
}
