package io.flowmaestro.connections.vault.kms.transit;

import io.smallrye.mutiny.Uni;

/** As whom the vault speaks to the server. */
interface TransitLogin {

    Uni<TransitToken> token();

    /** Another token than the one that was just refused; fails with {@code KmsFailure} if there is none to be had. */
    Uni<TransitToken> insteadOf(TransitToken refused);
}
