package io.flowmaestro.connections.production;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Finds an issuer whose tokens could be forged on the wire: it is https, or on loopback in the local profile. */
final class IssuerCheck {

    static final String KEY = "connections.identity.issuer";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private IssuerCheck() {}

    /**
     * @param name what the operator calls the setting
     * @param local whether everything runs on this machine
     */
    static Optional<String> complaint(String name, String issuer, boolean local) {
        if (local) {
            return LOOPBACK.contains(host(issuer))
                    ? Optional.empty()
                    : Optional.of(
                            name + " must be an identity provider on loopback (localhost, 127.0.0.1 or [::1]) in the"
                                    + " local profile. Leave QUARKUS_PROFILE out to run in production.");
        }
        return issuer.regionMatches(true, 0, "https://", 0, "https://".length())
                ? Optional.empty()
                : Optional.of(name + " must be an https URL: tokens are only as safe as the way to its keys.");
    }

    private static String host(String issuer) {
        try {
            return Optional.ofNullable(new URI(issuer).getHost()).orElse("");
        } catch (URISyntaxException noUrl) {
            return "";
        }
    }
}
