package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.NewCookie;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class FlowCookieTest {

    private final BrowserSecret secret = BrowserSecret.of(null, new SecureRandom());

    @Test
    void isHostBoundAndSecureUnderHttps() {
        NewCookie cookie = cookie("https://connections.example.com", false);
        assertThat(cookie.getName()).isEqualTo("__Host-connections_flow");
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.LAX);
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
    }

    @Test
    void losesPrefixAndSecureOnTheLocalHttpProfileOnly() {
        NewCookie cookie = cookie("http://localhost:8080", true);
        assertThat(cookie.getName()).isEqualTo("connections_flow");
        assertThat(cookie.isSecure()).isFalse();
        assertThat(cookie.isHttpOnly()).isTrue();
    }

    private NewCookie cookie(String url, boolean plainHttpAllowed) {
        var config = new TestFlowConfig(url, plainHttpAllowed);
        return new FlowCookie(new PublicUrl(config), config).write(secret);
    }
}
