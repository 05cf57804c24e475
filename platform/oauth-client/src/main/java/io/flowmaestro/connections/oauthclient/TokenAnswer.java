package io.flowmaestro.connections.oauthclient;

import java.time.Duration;

/** What a token request came to. */
public sealed interface TokenAnswer {

    /** The provider issued tokens. */
    record Granted(TokenGrant grant) implements TokenAnswer {}

    /**
     * The provider understood and said no. Nothing was issued or rotated.
     *
     * @param error the provider's error code, reduced to harmless characters
     */
    record Refused(String error) implements TokenAnswer {

        /** The grant itself is dead, and only the user can give a new one. */
        public boolean grantInvalid() {
            return GrantErrors.isOfTheGrant(error);
        }

        /** It is the client that the provider does not accept, and only an operator can mend that. */
        public boolean clientInvalid() {
            return GrantErrors.isOfTheClient(error);
        }

        /**
         * The client may not redeem this: the token may be another client's, or the client may lack the right to the grant
         * type (RFC 6749, 5.2). It says nothing of other connections.
         */
        public boolean clientUnauthorized() {
            return GrantErrors.isOfClientAndGrant(error);
        }
    }

    /**
     * Neither tokens nor a refusal.
     *
     * @param reason for people, without anything the provider sent
     * @param settled whether the provider certainly issued nothing: it answered with an error, or never saw the
     *     request. A gateway in front of it that answers in its place (502, 504) is no answer of the provider's. Otherwise a rotation may have happened whose answer is lost.
     */
    record Unavailable(String reason, Duration retryAfter, boolean settled) implements TokenAnswer {}
}
