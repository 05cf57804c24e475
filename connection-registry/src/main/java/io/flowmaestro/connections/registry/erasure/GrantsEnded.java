package io.flowmaestro.connections.registry.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.registry.erasure.GrantRevoker.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What became of a user's grants, in numbers.
 *
 * @param unreached of which nothing is known; nobody tries again
 * @param detail what that means for whoever reads the receipt; only where there were grants
 */
@RegisterForReflection
record GrantsEnded(
        long grants,
        long revoked,
        long notOffered,
        long refused,
        long unreached,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail) {

    /** A refresh that was under way when the connections were closed is not waited for. */
    private static final String RENEWED =
            "A token that was being renewed when the erasure began may live until it expires, whatever is counted here.";

    static GrantsEnded of(Collection<Outcome> outcomes) {
        long left = outcomes.size() - count(outcomes, Outcome.REVOKED);
        return new GrantsEnded(
                outcomes.size(),
                count(outcomes, Outcome.REVOKED),
                count(outcomes, Outcome.NOT_OFFERED),
                count(outcomes, Outcome.REFUSED),
                count(outcomes, Outcome.UNREACHED),
                outcomes.isEmpty() ? null : left(left) + RENEWED);
    }

    private static String left(long left) {
        return left == 0
                ? ""
                : "Tokens of %d connections could not be ended at their providers, and live there until they expire. It is not tried again: what that takes is erased with the keys. "
                        .formatted(left);
    }

    private static long count(Collection<Outcome> outcomes, Outcome outcome) {
        return outcomes.stream().filter(outcome::equals).count();
    }
}
