package io.flowmaestro.connections.migration.refusal;

/** A reason not to go on: shown as one clear line, never with a stack trace, and never with a secret. */
public final class Refusal extends RuntimeException {
    private static final int STOPPED = 1;
    private static final int USAGE = 2;

    private final int exitCode;

    private Refusal(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** The call itself is wrong; nothing was begun. */
    public static Refusal usage(String message) {
        return new Refusal(message, USAGE);
    }

    /** Something outside is not as it must be. */
    public static Refusal stopped(String message) {
        return new Refusal(message, STOPPED);
    }

    public int exitCode() {
        return exitCode;
    }
}
