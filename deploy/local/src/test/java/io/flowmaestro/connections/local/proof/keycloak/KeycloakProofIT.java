package io.flowmaestro.connections.local.proof.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite beside somebody else's server: Keycloak signs its callers in, and is the provider that is connected. */
class KeycloakProofIT {
    @TempDir
    Path folder;

    @Test
    void keycloakIsTheIdentityProviderAndAProviderWhoseRefreshTokensAreNeverReused() throws Exception {
        var home = Keycloak.home();
        if (Proof.isDemanded()) {
            assertThat(home)
                    .as("Keycloak, which Maven's profile keycloak fetches")
                    .isPresent();
        }
        assumeThat(home).as("Keycloak was not fetched").isPresent();
        try (var suite = KeycloakSuite.start(folder, home.orElseThrow())) {
            new EndToEnd(suite, Proof.of("oauth.keycloak")).prove();
        }
    }
}
