package io.flowmaestro.connections.arguments;

import java.time.Duration;

/** What one evaluation may cost, in steps and in time. For one thread. */
final class Budget {

    private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 64;

    private final long deadline;
    private int steps;
    private int unlooked;

    Budget(int steps, Duration time) {
        this.steps = steps;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** @throws BudgetSpent when steps or time are used up */
    void step() {
        if (--steps < 0) {
            throw new BudgetSpent();
        }
        glance();
    }

    /** For what is too small to be a step.
     *
     * @throws BudgetSpent when the time is used up
     */
    void glance() {
        if (++unlooked == BETWEEN_LOOKS_AT_THE_CLOCK) {
            unlooked = 0;
            if (System.nanoTime() - deadline > 0) {
                throw new BudgetSpent();
            }
        }
    }
}
