package io.flowmaestro.connections.identity;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Set;

/** Refuses to start where tokens could be forged on the wire: the issuer is https, or loopback in the local profile. */
@ApplicationScoped
class IssuerCheck {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final IdentityConfig config;

    IssuerCheck(IdentityConfig config) {
        this.config = config;
    }

    void check(@Observes StartupEvent start) {
        boolean local = ConfigUtils.isProfileActive("local") || LaunchMode.current() == LaunchMode.TEST;
        check(URI.create(config.issuer()), local);
    }

    static void check(URI issuer, boolean local) {
        boolean loopback = issuer.getHost() != null && LOOPBACK.contains(issuer.getHost());
        if (local && !loopback) {
            throw new IllegalStateException("The local profile works with an identity provider on loopback only, not "
                    + issuer + ". Leave QUARKUS_PROFILE out to run in production.");
        }
        if (!local && !"https".equals(issuer.getScheme())) {
            throw new IllegalStateException("CONNECTIONS_ISSUER must be an https URL, but is " + issuer
                    + ". Tokens are only as safe as its keys.");
        }
    }
}
