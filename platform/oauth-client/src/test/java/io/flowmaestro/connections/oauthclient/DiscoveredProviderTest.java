package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the entry for any MCP server asks for: an issuer found by its metadata, a public client, one resource throughout. */
class DiscoveredProviderTest {

    @ParameterizedTest
    @CsvSource({"none,none", "client_secret_basic,basic", "client_secret_post,body"})
    void isConnectedRefreshedAndRevokedWithItsResourceNamedEachTime(String taken, String ours) {
        String issuer = "https://id.acme.example";
        var asked = TestSettings.definition("""
                {"authorize": null, "token": null, "discover": true, "issuer": "%s", "token_auth": "%s",
                 "pkce": "required", "default_scopes": ["tools"], "refresh": {"rotates": "sometimes"},
                 "authorize_params": {"resource": "https://mcp.acme.example/a?b"},
                 "token_params": {"resource": "https://mcp.acme.example/a?b"},
                 "refresh_params": {"resource": "https://mcp.acme.example/a?b"}}""".formatted(issuer, ours));
        try (var metadata = new ScriptedProvider()) {
            metadata.on(issuer + "/.well-known/oauth-authorization-server", 200, """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                     "revocation_endpoint": "%1$s/revoke", "userinfo_endpoint": "%1$s/me",
                     "authorization_response_iss_parameter_supported": true,
                     "token_endpoint_auth_methods_supported": ["%2$s"]}""".formatted(issuer, taken));
            var discovery = new IssuerDiscovery(metadata.egress, new TestLimits(), metadata.clock);
            var complete = Emulated.await(discovery.complete(asked));

            try (var emulated = Emulated.of(complete)) {
                var callback = emulated.callback();
                assertThat(callback).containsEntry("iss", issuer);
                var grant = emulated.granted(emulated.exchange(callback));
                var account = Emulated.await(emulated.accounts.find(emulated.settings(callback), grant));
                assertThat(account.id()).isEqualTo("who-1");

                var first = emulated.connect();
                var third = emulated.renewed(emulated.renewed(first));
                assertThat(third.refreshToken().reveal())
                        .isNotEqualTo(first.refreshToken().reveal());
                assertThat(emulated.revoke(third)).isEqualTo(new RevocationOutcome.Revoked());
                assertThat(emulated.emulator.complaints()).isEmpty();
                assertThat(emulated.refresh(third, third.refreshToken())).isInstanceOf(TokenAnswer.Refused.class);
            }
        }
    }
}
