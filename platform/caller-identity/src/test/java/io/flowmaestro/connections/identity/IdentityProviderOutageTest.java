package io.flowmaestro.connections.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import org.junit.jupiter.api.Test;

class IdentityProviderOutageTest {

    private final IdentityProviderOutage outage = new IdentityProviderOutage();

    @Test
    void isAProviderThatCannotBeAsked() {
        assertThat(outage.of(new OIDCException("OIDC Server is not available"))).contains("the identity provider");
    }

    @Test
    void isNoTokenThatIsRefused() {
        assertThat(outage.of(new AuthenticationFailedException("expired"))).isEmpty();
    }
}
