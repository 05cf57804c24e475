package io.flowmaestro.connections.migration.registry;

/** The wait for another attempt was given up because the run is to stop. The batch is not reported, and sent again later. */
public final class Stopped extends RuntimeException {
    Stopped() {
        super("stopped", null, false, false);
    }
}
