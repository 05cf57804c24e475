package io.flowmaestro.connections.oauth.flow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that holds the browser secret. {@code SameSite=Lax} still sends it on the provider's redirect, a top-level
 * GET; the {@code __Host-} prefix keeps subdomains and plain http from setting it.
 */
@ApplicationScoped
class FlowCookie {

    private static final String NAME = "connections_flow";

    private final PublicUrl publicUrl;
    private final FlowConfig config;

    FlowCookie(PublicUrl publicUrl, FlowConfig config) {
        this.publicUrl = publicUrl;
        this.config = config;
    }

    @Nullable
    String read(HttpHeaders headers) {
        Cookie cookie = headers.getCookies().get(name());
        return cookie == null ? null : cookie.getValue();
    }

    NewCookie write(BrowserSecret secret) {
        return new NewCookie.Builder(name())
                .value(secret.value())
                .path("/")
                .maxAge((int) config.lifetime().toSeconds())
                .httpOnly(true)
                .secure(publicUrl.https())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    /** Browsers take the prefix over https only; the local profile runs on http. */
    private String name() {
        return publicUrl.https() ? "__Host-" + NAME : NAME;
    }
}
