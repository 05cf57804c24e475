package io.flowmaestro.connections.vault.legacy;

/** The two forms in which older systems stored a secret. Both are AES-256-GCM with a 16-byte IV and a 16-byte tag. */
public enum LegacyForm {
    /** A JSON object, or its text, with {@code iv}, {@code data} and {@code authTag} in hexadecimal. */
    JSON("LEGACY_ENCRYPTION_KEY"),
    /** Base64 of IV, tag and ciphertext, in this order. */
    COMPACT("LEGACY_CREDENTIALS_KEY");

    private final String variable;

    LegacyForm(String variable) {
        this.variable = variable;
    }

    /** The environment variable that holds its key. */
    public String variable() {
        return variable;
    }
}
