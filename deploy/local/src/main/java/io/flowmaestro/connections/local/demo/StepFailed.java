package io.flowmaestro.connections.local.demo;

/** What came back is not what the suite promises. */
final class StepFailed extends RuntimeException {
    StepFailed(String reason) {
        super(reason, null, false, false);
    }

    static void unless(boolean promised, String reason) {
        if (!promised) {
            throw new StepFailed(reason);
        }
    }
}
