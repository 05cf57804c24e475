package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.oauth.mcp.PublicAddress;
import io.flowmaestro.connections.oauth.provider.RedirectUris;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;

/** The one base URL that users see. No Host header takes part in making a URL. */
@Startup
@ApplicationScoped
class PublicUrl implements RedirectUris, PublicAddress {

    private final URI base;

    PublicUrl(FlowConfig config) {
        this.base = URI.create(config.publicUrl().replaceAll("/+$", ""));
        String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http") && config.plainHttpAllowed();
        if (base.getRawAuthority() == null || base.getRawUserInfo() != null || !(scheme.equals("https") || plain)) {
            throw new IllegalStateException(
                    "CONNECTIONS_PUBLIC_URL must be the https base URL of the suite, for example https://connections.example.com");
        }
    }

    @Override
    public boolean https() {
        return "https".equalsIgnoreCase(base.getScheme());
    }

    /** What {@code postMessage} is addressed to. */
    String origin() {
        return base.getScheme() + "://" + base.getRawAuthority();
    }

    /** Registered with the provider as it stands here: compared exactly there and in the token request. */
    @Override
    public String callback(String provider) {
        return base + "/api/oauth/" + provider + "/callback";
    }

    @Override
    public String base() {
        return base.toString();
    }
}
