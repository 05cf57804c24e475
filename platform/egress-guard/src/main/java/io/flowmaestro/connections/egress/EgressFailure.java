package io.flowmaestro.connections.egress;

import org.jspecify.annotations.Nullable;

/** The call was allowed and did not come to an answer. */
public final class EgressFailure extends EgressException {

    /** What went wrong, from the caller's point of view. */
    public enum Kind {
        /** The name does not resolve, nothing listens, the connection broke, or as much as may be is under way with the host. */
        UNREACHABLE("The host cannot be reached"),
        /** No answer within the time allowed. */
        TIMEOUT("The host did not answer in time"),
        /** Body or headers are larger than allowed. */
        TOO_LARGE("The answer is larger than allowed"),
        /** The answer is not valid HTTP. */
        PROTOCOL("The answer is not valid HTTP"),
        /** No trusted TLS connection for this name. */
        TLS("A trusted TLS connection to the host is not possible: its certificate or protocol was refused");

        private final String message;

        Kind(String message) {
            this.message = message;
        }
    }

    private static final String FULL_OF_OWN_CALLS =
            "This user's own calls to the host take all the places that one user may have. Wait for some of them to end";

    private final Kind kind;
    private final boolean sent;
    private final boolean fullOfOwnCalls;

    EgressFailure(Kind kind, boolean sent, @Nullable Throwable cause) {
        super(kind.message, cause);
        this.kind = kind;
        this.sent = sent;
        this.fullOfOwnCalls = false;
    }

    private EgressFailure() {
        super(FULL_OF_OWN_CALLS, null);
        this.kind = Kind.UNREACHABLE;
        this.sent = false;
        this.fullOfOwnCalls = true;
    }

    /** As when the host has no place left; but it is the request's owner alone who can have none. */
    static EgressFailure fullOfOwnCalls() {
        return new EgressFailure();
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Whether the owner of the request has as much under way with the host as one may have. It was not sent, and this says
     * nothing of the host.
     */
    public boolean isFullOfOwnCalls() {
        return fullOfOwnCalls;
    }

    /** Whether the upstream may have seen the request; false means that it certainly has not. */
    public boolean requestSent() {
        return sent;
    }
}
