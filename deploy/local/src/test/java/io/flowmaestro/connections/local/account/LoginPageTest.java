package io.flowmaestro.connections.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LoginPageTest {
    private static final URI PAGE = URI.create("http://localhost:8085/interaction/abc");

    @Test
    void itsFormGoesToThePageItselfUnlessItSaysOtherwise() {
        assertThat(LoginPage.formTarget(PAGE, "<form method=\"post\">")).isEqualTo(PAGE);
        assertThat(LoginPage.formTarget(PAGE, "<form method=\"post\" action=\"/x?a=1&amp;b=2\">"))
                .isEqualTo(URI.create("http://localhost:8085/x?a=1&b=2"));
    }
}
