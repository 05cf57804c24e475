package io.flowmaestro.connections.registry.erasure;

/**
 * What there is to erase, in this order: what providers have granted, while there are keys to open it, and so that nothing
 * can be used any more; the rows; the keys late, so that nothing is sealed anew; the rows once more, for what came in
 * between.
 */
enum ErasureStep {
    GRANTS("provider-grants"),
    REGISTRY("connection-registry"),
    GATEWAY("mcp-gateway"),
    BROKER("oauth-broker"),
    VAULT("credential-vault"),
    REGISTRY_AGAIN("connection-registry-again");

    private final String wire;

    ErasureStep(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    /** For the operator, when it did not come to its end. */
    String complaint() {
        return this == GRANTS
                ? "oauth-broker did not end the user's grants; it is asked again, and left out after the third time"
                : wire + " did not erase; it is asked again";
    }
}
