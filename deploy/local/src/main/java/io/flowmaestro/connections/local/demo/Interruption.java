package io.flowmaestro.connections.local.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C end the work in good order: the thread that made this is interrupted, and the process lives on until
 * that thread has tidied up and closed this.
 */
public final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch tidied = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptAndWait, "interruption");

    private Interruption() {}

    public static Interruption onSignal() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /**
     * To be thrown where an {@link InterruptedException} arrives. The thread's flag stays cleared on purpose: what
     * follows is tidying up, and that must get its turn.
     */
    static StepFailed failure() {
        return new StepFailed("interrupted");
    }

    private void interruptAndWait() {
        worker.interrupt();
        try {
            if (!tidied.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("connections: could not tidy up in time.");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        tidied.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook is running, and has just been let go.
        }
    }
}
