package io.flowmaestro.connections.registry.erasure;

/**
 * What there is to erase, in this order: the rows first, so that nothing can be used any more; the keys late, so that
 * nothing is sealed anew; the rows once more, for what came in between.
 */
enum ErasureStep {
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
}
