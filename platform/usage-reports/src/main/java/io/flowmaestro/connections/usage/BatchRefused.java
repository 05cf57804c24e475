package io.flowmaestro.connections.usage;

/** The registry will never accept this batch. An outcome, hence without a stack. */
final class BatchRefused extends RuntimeException {

    BatchRefused() {
        super("400", null, false, false);
    }
}
