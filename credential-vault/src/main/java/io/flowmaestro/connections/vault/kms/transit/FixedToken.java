package io.flowmaestro.connections.vault.kms.transit;

import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.smallrye.mutiny.Uni;

/** The token that the vault was started with. */
record FixedToken(TransitToken value) implements TransitLogin {

    @Override
    public Uni<TransitToken> token() {
        return Uni.createFrom().item(value);
    }

    @Override
    public Uni<TransitToken> insteadOf(TransitToken refused) {
        return Uni.createFrom()
                .failure(new KmsFailure(
                        KmsFailure.Kind.REFUSED,
                        "It refuses VAULT_TOKEN (HTTP 403): the token is over, or its policy does "
                                + "not allow update on the"
                                + " key's encrypt and decrypt paths."));
    }
}
