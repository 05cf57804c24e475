package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service said no, and why: an RFC 9457 problem. Branch on {@link #code}, show {@link #detail}. */
public final class ProblemException extends ConnectionsException {

    private static final long serialVersionUID = 1L;

    /** Of 503: what the gateway and the broker say before they have done anything. */
    private static final Set<String> BEFORE_ANYTHING = Set.of(
            "service-unavailable",
            "mcp-server-resting",
            "usage-buffer-full",
            "registry-unavailable",
            "vault-unavailable",
            "refresh-unavailable",
            "provider-unavailable");

    /** Said in the middle of a call, though it is a 409. */
    private static final String IN_THE_MIDDLE = "mcp-input-required";

    private final int status;
    private final String code;
    private final String detail;
    private final List<Violation> violations;
    private final transient Optional<Duration> retryAfter;
    private final String traceId;

    ProblemException(
            int status,
            String code,
            String detail,
            List<Violation> violations,
            Optional<Duration> retryAfter,
            String traceId) {
        super(status + " " + code + ": " + detail + (traceId.isEmpty() ? "" : " (trace " + traceId + ")"));
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
        this.traceId = traceId;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Stable, for example {@code connection-not-active}. */
    public String code() {
        return code;
    }

    /** For people: what is wrong and what to do. */
    public String detail() {
        return detail;
    }

    /** Of fields, with {@code validation-failed} and {@code tool-arguments-invalid}; empty otherwise. */
    public List<Violation> violations() {
        return violations;
    }

    /** When to come back, if the service said so. It is longer than this client was willing to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What the services' logs call this request; empty if nobody said. */
    public String traceId() {
        return traceId;
    }

    @Override
    boolean saysThatNothingRan() {
        return status == 503 ? BEFORE_ANYTHING.contains(code) : status < 500 && !code.equals(IN_THE_MIDDLE);
    }
}
