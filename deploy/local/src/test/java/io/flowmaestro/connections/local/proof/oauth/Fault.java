package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.Locale;

/** What a provider does instead of answering a token request properly. */
enum Fault {
    NONE(false, 0),
    /** The connection is reset (RST) before a byte of an answer. */
    RESET(true, Fault.QUARANTINE_MILLIS),
    /** The provider closes its half of the connection without an answer, and goes on listening. */
    HALF_CLOSE(true, Fault.QUARANTINE_MILLIS),
    /** A whole HTTP answer with status 200, whose JSON ends in the middle. */
    TRUNCATED(true, 500),
    /** Status 200 and an error in the body. */
    ERROR_IN_SUCCESS(false, 500),
    /** Status 429 with Retry-After. */
    TOO_MANY(false, 1_000 * Fault.RETRY_AFTER_SECONDS),
    /** Status 500 or 503, without Retry-After. */
    SERVER_ERROR(false, 500),
    /** Status 502 or 504: something in front of the provider, which may have answered. */
    GATEWAY_ERROR(true, Fault.QUARANTINE_MILLIS),
    /** No answer while the lease lasts, and then the end of the connection. */
    STALL(true, Fault.QUARANTINE_MILLIS),
    /** Status 401 {@code invalid_client}. */
    INVALID_CLIENT(false, 500);

    static final int RETRY_AFTER_SECONDS = 3;
    /** Of the short clocks. */
    private static final int QUARANTINE_MILLIS = 3_000;

    private final boolean mayLoseAnAnswer;
    private final Duration leastPause;

    Fault(boolean mayLoseAnAnswer, int leastPauseMillis) {
        this.mayLoseAnAnswer = mayLoseAnAnswer;
        this.leastPause = Duration.ofMillis(leastPauseMillis);
    }

    /** Whether the provider may have rotated before. */
    boolean mayLoseAnAnswer() {
        return mayLoseAnAnswer;
    }

    /** Between two calls for one connection, however many replicas want to. */
    Duration leastPause() {
        return leastPause;
    }

    /** The one that behaves so. */
    String provider() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
