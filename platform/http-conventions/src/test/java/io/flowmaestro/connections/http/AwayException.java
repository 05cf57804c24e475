package io.flowmaestro.connections.http;

/** A driver's, whose message may quote what nobody should read. */
class AwayException extends RuntimeException {

    AwayException(String message) {
        super(message);
    }
}
