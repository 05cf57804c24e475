package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauth.token.TokenAnswer;
import io.flowmaestro.connections.oauth.token.TokenGrant;
import java.util.UUID;

/**
 * One try at renewing a connection's tokens. It begins with the lease, sees the provider at most once, and ends in one
 * of three ways; only an answered attempt has tokens that could be published.
 *
 * <p>What a crash leaves today, attempt by attempt:
 * <ul>
 *   <li>leased: a lease that lapses by itself. The provider was not called; the next caller starts over.
 *   <li>sent, no answer yet: the same lease. Whether the provider rotated the refresh token is not known; the next
 *       caller sends the old one again, which only a provider with reuse detection holds against us.
 *   <li>answered, not yet published: the same, and here new tokens are lost with the process.
 *   <li>published, lease not yet released: new tokens in the registry, and a lease that delays nobody, since whoever
 *       waits for it sees the new generation.
 *   <li>refused or unanswered: nothing to lose.
 * </ul>
 * The two losses are what a write-ahead record of the attempt will close; its place is between these states.
 */
sealed interface RefreshAttempt {

    /**
     * The right to call, at one generation.
     *
     * @param id makes the publication idempotent
     * @param owner what the lease is held under
     */
    record Leased(UUID id, UUID owner, OpenConnection connection) implements RefreshAttempt {

        long generation() {
            return connection.generation();
        }

        RefreshAttempt settle(TokenAnswer answer) {
            return switch (answer) {
                case TokenAnswer.Granted granted -> new Answered(this, granted.grant());
                case TokenAnswer.Refused refused -> new Refused(this, refused);
                case TokenAnswer.Unavailable unavailable -> new Unanswered(this, unavailable);
            };
        }
    }

    /** The provider issued tokens. */
    record Answered(Leased lease, TokenGrant grant) implements RefreshAttempt {}

    /** The provider said no. */
    record Refused(Leased lease, TokenAnswer.Refused answer) implements RefreshAttempt {}

    /** The provider said nothing that could be used. */
    record Unanswered(Leased lease, TokenAnswer.Unavailable answer) implements RefreshAttempt {}
}
