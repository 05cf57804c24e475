package io.flowmaestro.connections.worker;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;

/** No answer came: no connection, a connection that broke, or a time limit. */
public final class UnreachableException extends ConnectionsException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    private UnreachableException(String message, boolean sent) {
        super(message);
        this.sent = sent;
    }

    /** The cause's own message is left out, its class says enough; the address is without its query. */
    static UnreachableException of(URI target, Exception cause) {
        boolean sent = !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
        return new UnreachableException(
                "No answer from " + target.getScheme() + "://" + target.getAuthority() + target.getPath() + " ("
                        + cause.getClass().getSimpleName() + ").",
                sent);
    }

    static UnreachableException interrupted() {
        return interrupted(true);
    }

    /** @param sent whether anything of the call may have been */
    static UnreachableException interrupted(boolean sent) {
        return new UnreachableException("The thread was interrupted while it waited for an answer.", sent);
    }

    @Override
    boolean saysThatNothingRan() {
        return !sent;
    }
}
