package io.flowmaestro.connections.vault.kms;

/**
 * A key management service did not do what it was asked. The advice is for the operator's log and made of our own words:
 * it never quotes an answer, a token or key material. No stack and no cause, which could.
 */
public final class KmsFailure extends RuntimeException {

    /** What went wrong; the transient ones are worth another attempt. */
    public enum Kind {
        UNREACHABLE(true),
        THROTTLED(true),
        SERVER_ERROR(true),
        /** A checksum did not fit: bytes changed on the way. */
        CORRUPTED(true),
        /** The time for the call and its repetitions is up. */
        TIMEOUT(false),
        /** No trusted TLS connection. */
        TLS(false),
        /** The vault's credentials are missing, over, or not allowed to use this key. */
        REFUSED(false),
        /** The key is missing, disabled, or of a kind that cannot do this. */
        KEY_UNUSABLE(false),
        /** The answer is not what the service's API promises. */
        BAD_ANSWER(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }
    }

    private final Kind kind;

    public KmsFailure(Kind kind, String advice) {
        super(advice, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    boolean isTransient() {
        return kind.passing;
    }

    /** What the operator should know or do. */
    String advice() {
        return String.valueOf(getMessage());
    }
}
