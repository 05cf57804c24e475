package io.flowmaestro.connections.vault.problem;

import io.flowmaestro.connections.http.ProblemCode;

/** Everything the vault itself can refuse. */
public enum VaultProblem implements ProblemCode {
    OPERATION_NOT_ALLOWED("operation-not-allowed", 403, "Operation not allowed for this service"),
    DECRYPTION_FAILED("decryption-failed", 422, "Decryption failed"),
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
