package io.flowmaestro.connections.local.process;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running child. Its record is on disk from right after its start until it was seen to end. */
public final class ChildProcess {
    private static final int LAST_LINES = 25;
    private static final Duration COLLECTING = Duration.ofSeconds(5);

    private final ProcessSpec spec;
    private final Process process;
    private final ProcessRecords records;
    private final long logStart;

    private ChildProcess(ProcessSpec spec, Process process, ProcessRecords records, long logStart) {
        this.spec = spec;
        this.process = process;
        this.records = records;
        this.logStart = logStart;
    }

    static ChildProcess start(ProcessSpec spec, ProcessRecords records) {
        List<String> command = new ArrayList<>(Session.prefix());
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        try {
            long logStart = LogTail.end(spec.log());
            return recorded(spec, builder.start(), records, logStart);
        } catch (IOException failure) {
            throw new Refusal(spec.name() + " cannot be started: " + failure.getMessage());
        }
    }

    /** A process without a record would outlive this launcher unseen, so it does not live. */
    private static ChildProcess recorded(ProcessSpec spec, Process process, ProcessRecords records, long logStart)
            throws IOException {
        try {
            records.write(ProcessRecord.of(spec, process.toHandle()));
            return new ChildProcess(spec, process, records, logStart);
        } catch (IOException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    public ProcessSpec spec() {
        return spec;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Returns once it was seen to end, and then it is no longer {@link #alive()}. One that even a kill does not end keeps
     * its record, so that the next start finds it.
     */
    public void stop() {
        Stopping.stop(process.toHandle(), spec.stopSignal(), spec.patience());
        if (collected()) {
            records.remove(spec.name());
        }
    }

    /** The kernel calls a process a zombie before this virtual machine has collected it, and until then it seems alive here. */
    private boolean collected() {
        try {
            return process.waitFor(COLLECTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Why it ended, as far as its log tells. */
    public Refusal endedEarly(String during) {
        return new Refusal(spec.name() + " stopped " + during + " (exit code " + process.exitValue()
                + "). The last lines of " + spec.log() + ":\n" + lastLines());
    }

    public String lastLines() {
        return LogTail.lastLines(spec.log(), logStart, LAST_LINES);
    }
}
