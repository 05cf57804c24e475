package io.flowmaestro.connections.worker;

/** Why there is no answer to use. */
public abstract sealed class ConnectionsException extends RuntimeException
        permits ProblemException, UnreachableException, UnexpectedAnswerException, WrongCredentialException {

    private static final long serialVersionUID = 1L;

    private boolean beforeTheCall;

    ConnectionsException(String message) {
        super(message);
    }

    /**
     * Whether it is certain that nothing was done: then the same call may be made again without doing anything twice. So it is
     * where there was no token of the worker's own to make the call with, whatever the identity provider did.
     */
    public final boolean nothingRan() {
        return beforeTheCall || saysThatNothingRan();
    }

    /** What this failure tells by itself of the request that it is about. */
    abstract boolean saysThatNothingRan();

    /** This failure is one of the worker's own token: nothing of the call itself was sent. */
    final ConnectionsException beforeTheCall() {
        beforeTheCall = true;
        return this;
    }

    final boolean isBeforeTheCall() {
        return beforeTheCall;
    }
}
