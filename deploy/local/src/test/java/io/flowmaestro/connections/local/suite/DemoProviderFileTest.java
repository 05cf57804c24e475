package io.flowmaestro.connections.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.catalog.TokenAuth;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DemoProviderFileTest {

    /** The demo provider takes a token back as RFC 7009 says, and knows its client by HTTP Basic. */
    @Test
    void isOneThatTheCatalogueTakesAndWhoseTokensAreRevokedByTheStandard() throws ProviderFileException {
        var file = DemoProviderFile.content(URI.create("http://localhost:8086"));

        var oauth2 = new ProviderFileParser().parse("demo.yaml", file).methods().oauth2();

        assertThat(oauth2.tokenAuth()).isEqualTo(TokenAuth.BASIC);
        assertThat(oauth2.revoke()).satisfies(revoke -> {
            assertThat(revoke.url()).isEqualTo("http://localhost:8086/token/revocation");
            assertThat(revoke.standard()).isTrue();
        });
    }
}
