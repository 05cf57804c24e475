package io.flowmaestro.connections.oauth.attempt;

import java.time.Duration;
import java.util.UUID;

/**
 * Somebody who wants to refresh a connection.
 *
 * @param owner what the lease would be held under
 * @param generation of the tokens to be renewed
 * @param quarantine how long past its deadline an attempt without answer is left alone
 * @param leeway within which of the tokens' first sending no quarantine is needed, for the provider takes them once more
 * @param insists does not wait for the pause after a failure
 */
public record Contender(
        UUID owner,
        UUID user,
        UUID connection,
        String provider,
        long generation,
        Duration lease,
        Duration quarantine,
        Duration leeway,
        boolean insists) {

    Contender withoutQuarantine() {
        return new Contender(
                owner, user, connection, provider, generation, lease, Duration.ZERO, Duration.ZERO, insists);
    }
}
