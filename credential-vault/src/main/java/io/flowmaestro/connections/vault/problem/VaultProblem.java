package io.flowmaestro.connections.vault.problem;

import io.flowmaestro.connections.http.ProblemCode;

/** Everything the vault itself can refuse. */
public enum VaultProblem implements ProblemCode {
    OPERATION_NOT_ALLOWED("operation-not-allowed", 403, "Operation not allowed for this service"),
    DECRYPTION_FAILED("decryption-failed", 422, "Decryption failed"),
    NO_KEYS("no-keys", 404, "The user has no keys"),
    NO_SUCH_VERSION("no-such-version", 409, "No such version of the key"),
    ROTATED_TOO_RECENTLY("rotated-too-recently", 409, "The key was rotated too recently"),
    NO_KEY_WAITS("no-key-waits", 409, "No key encryption key waits"),
    KEY_NOT_EVERYWHERE("key-not-everywhere", 409, "Not every replica holds the key"),
    LEGACY_KEY_MISSING("legacy-key-missing", 409, "No key for envelopes of this form"),
    DATA_KEY_UNUSABLE("data-key-unusable", 500, "Data key unusable"),
    KMS_UNAVAILABLE("kms-unavailable", 503, "Key management service unavailable"),
    VAULT_UNAVAILABLE("vault-unavailable", 503, "Vault unavailable");

    private final String code;
    private final int status;
    private final String title;

    VaultProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
