package io.flowmaestro.connections.local.refusal;

import java.util.Optional;

/** A reason not to go on: shown as one clear line (log lines may follow it), never with a stack trace. */
public final class Refusal extends RuntimeException {
    private final int exitCode;

    public Refusal(String message) {
        this(message, 1);
    }

    public Refusal(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The refusal somewhere in a chain of causes: work done in parallel arrives wrapped. */
    public static Optional<Refusal> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
