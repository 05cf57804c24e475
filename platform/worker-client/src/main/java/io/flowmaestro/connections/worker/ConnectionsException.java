package io.flowmaestro.connections.worker;

/** Why there is no answer to use. */
public abstract sealed class ConnectionsException extends RuntimeException
        permits ProblemException, UnreachableException, UnexpectedAnswerException, WrongCredentialException {

    private static final long serialVersionUID = 1L;

    ConnectionsException(String message) {
        super(message);
    }

    /** Whether it is certain that nothing was done: then the same call may be made again without doing anything twice. */
    public abstract boolean nothingRan();
}
