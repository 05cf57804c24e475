package io.flowmaestro.connections.local.demo;

/** Lets time pass. */
final class Waiting {
    private Waiting() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw Interruption.failure();
        }
    }
}
