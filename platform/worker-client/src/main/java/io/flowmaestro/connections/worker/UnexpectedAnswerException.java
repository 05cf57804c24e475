package io.flowmaestro.connections.worker;

/** An answer that none of the suite's services gives: a wrong address, something in between, or a newer service. */
public final class UnexpectedAnswerException extends ConnectionsException {

    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
        super(message);
    }

    @Override
    boolean saysThatNothingRan() {
        return false;
    }
}
