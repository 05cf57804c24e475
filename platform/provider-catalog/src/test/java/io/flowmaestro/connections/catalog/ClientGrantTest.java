package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of providers whose tokens are the client's own. */
class ClientGrantTest {

    private static final String MACHINE = """
            key: machine
            name: Machine
            category: other
            methods:
              oauth2:
                grant: client_credentials
                token: https://machine.example/token
                token_auth: basic
                refresh: {rotates: none, access_ttl_s: 3600}
            """;

    private final ProviderFileParser parser = new ProviderFileParser();
    private final ProviderSchema schema = new ProviderSchema();

    @Test
    void needNoPlaceToSignIn() throws ProviderFileException {
        assertThat(schema.problems("machine.yaml", MACHINE)).isEmpty();
        var oauth2 = parser.parse("machine.yaml", MACHINE).methods().oauth2();
        assertThat(oauth2.grant()).isEqualTo(OAuthGrant.CLIENT_CREDENTIALS);
        assertThat(oauth2.authorize()).isNull();
    }

    @Test
    void needATokenEndpointAllTheSame() {
        String without = MACHINE.replace("    token: https://machine.example/token\n", "");
        assertThat(schema.problems("machine.yaml", without)).isNotEmpty();
        assertThatThrownBy(() -> parser.parse("machine.yaml", without))
                .hasMessageContaining("oauth2.token: is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "authorize: https://machine.example/authorize | oauth2.authorize",
                "par: https://machine.example/par | oauth2.par",
                "authorize_params: {prompt: consent} | oauth2.authorize_params",
                "extra_scope_param: user_scope | oauth2.extra_scope_param",
                "callback_params: [realm] | oauth2.callback_params",
                "refresh_url: https://machine.example/refresh | oauth2.refresh",
                "'revoke: {method: POST, url: \"https://machine.example/revoke\", auth: basic}' | oauth2.revoke"
            })
    void sayNothingOfUsersBrowsersAndRefreshTokens(String line, String at) {
        String file = MACHINE.replace("    token_auth: basic", "    token_auth: basic\n    " + line);
        assertThatThrownBy(() -> parser.parse("machine.yaml", file))
                .isInstanceOf(ProviderFileException.class)
                .hasMessageContaining(at);
    }

    @Test
    void needAClientThatProvesItself() {
        assertThatThrownBy(() -> parser.parse("machine.yaml", MACHINE.replace("token_auth: basic", "token_auth: none")))
                .hasMessageContainingAll("oauth2.token_auth", "none proves nothing");
    }
}
