package io.flowmaestro.connections.vault.audit;

import java.util.UUID;

/**
 * One thing that is wrong with the trail.
 *
 * @param sequence the first record that is concerned, whether it is there or not
 */
record Finding(UUID writerId, long sequence, FindingProblem problem, String detail) {

    boolean repeats(Finding other) {
        return problem == other.problem && sequence == other.sequence && writerId.equals(other.writerId);
    }
}
