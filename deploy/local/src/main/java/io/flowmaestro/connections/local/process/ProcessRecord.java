package io.flowmaestro.connections.local.process;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that was started, as written to {@code run/<name>.json}. Process ids are used again, so the record also
 * says when the process began and which program it runs: {@link #living()} answers only for that very process.
 */
public record ProcessRecord(
        String name, long pid, Instant started, String program, StopSignal stopSignal, Duration patience) {

    /** The start time is computed from the clock, which may have been corrected since. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    static ProcessRecord of(ProcessSpec spec, ProcessHandle process) {
        return new ProcessRecord(
                spec.name(), process.pid(), started(process), spec.program(), spec.stopSignal(), spec.patience());
    }

    /** This process, under a name. */
    public static ProcessRecord ofThisProcess(String name, Duration patience) {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessRecord(name, self.pid(), started(self), "java", StopSignal.TERM, patience);
    }

    /** Empty for a file that is missing, or that a crash left without its content. */
    public static Optional<ProcessRecord> read(Path file) throws IOException {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return Optional.of(new ProcessRecord(
                    json.getString("name"),
                    json.getLong("pid"),
                    json.getInstant("started"),
                    json.getString("program"),
                    StopSignal.valueOf(json.getString("stop_signal")),
                    Duration.ofMillis(json.getLong("patience_ms"))));
        } catch (NoSuchFileException | DecodeException | NullPointerException unusable) {
            return Optional.empty();
        }
    }

    String json() {
        return new JsonObject()
                .put("name", name)
                .put("pid", pid)
                .put("started", started)
                .put("program", program)
                .put("stop_signal", stopSignal.name())
                .put("patience_ms", patience.toMillis())
                .encodePrettily();
    }

    public Optional<ProcessHandle> living() {
        return ProcessHandle.of(pid).filter(Stopping::alive).filter(this::isTheSame);
    }

    private boolean isTheSame(ProcessHandle process) {
        boolean sameStart = Duration.between(started, started(process)).abs().compareTo(CLOCK_CORRECTION) <= 0;
        return sameStart && runsTheProgram(process);
    }

    /** Where the machine does not say which program a process runs, its start time has to do. */
    private boolean runsTheProgram(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith(program))
                .orElse(true);
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
