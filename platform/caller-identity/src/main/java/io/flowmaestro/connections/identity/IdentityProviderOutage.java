package io.flowmaestro.connections.identity;

import io.flowmaestro.connections.http.Outage;
import io.quarkus.oidc.OIDCException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** An identity provider that could not be asked for its keys: no token can be told from a forged one until it is back. */
@ApplicationScoped
class IdentityProviderOutage implements Outage {

    @Override
    public Optional<String> of(Throwable failure) {
        return failure instanceof OIDCException ? Optional.of("the identity provider") : Optional.empty();
    }
}
