package io.flowmaestro.connections.egress;

import org.jspecify.annotations.Nullable;

/** The call was allowed and did not come to an answer. */
public final class EgressFailure extends EgressException {

    /** What went wrong, from the caller's point of view. */
    public enum Kind {
        /** The name does not resolve, nothing listens, or the connection broke. */
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

    private final Kind kind;
    private final boolean sent;

    EgressFailure(Kind kind, boolean sent, @Nullable Throwable cause) {
        super(kind.message, cause);
        this.kind = kind;
        this.sent = sent;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the upstream may have seen the request; false means that it certainly has not. */
    public boolean requestSent() {
        return sent;
    }
}
