package io.flowmaestro.connections.scheduled;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pieces of work that a replica which is told to stop waits for. */
public final class WorkUnderWay {

    /** One party for the replica itself, and one for each piece. */
    private final Phaser parties = new Phaser(1);

    private volatile boolean stopping;

    /** Whether a piece may begin; then {@link #end} has to follow. */
    public boolean begin() {
        parties.register();
        boolean refused = stopping;
        if (refused) {
            end();
        }
        return !refused;
    }

    public void end() {
        parties.arriveAndDeregister();
    }

    /** Whether nothing more may begin. */
    public boolean isStopping() {
        return stopping;
    }

    /** How many pieces have begun and not ended, once nothing more may begin. */
    public int left() {
        return parties.isTerminated() ? 0 : parties.getUnarrivedParties();
    }

    /** Lets nothing more begin. To be called once, before {@link #await}. */
    public void stop() {
        stopping = true;
        parties.arriveAndDeregister();
    }

    /**
     * Blocks until every piece has ended, for the main thread of a replica that stops.
     *
     * @return whether they have; false after the longest wait, or when the thread is interrupted
     */
    public boolean await(Duration longest) {
        try {
            // The first phase ends when nobody is left, and so does the phaser.
            parties.awaitAdvanceInterruptibly(0, longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stuck) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
