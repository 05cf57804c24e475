package io.flowmaestro.connections.vault.audit;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param intact whether nothing was found
 * @param records how many were read
 * @param chains how many they belong to
 * @param findingCount of all findings
 * @param findings the first hundred of them
 */
record Verification(boolean intact, long records, long chains, long findingCount, List<Finding> findings) {

    static Verification of(ChainCheck check, Findings findings) {
        return new Verification(
                findings.count() == 0, check.records(), check.chains(), findings.count(), findings.kept());
    }
}
