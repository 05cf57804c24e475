package io.flowmaestro.connections.vault.kms;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Says whether an operator's address may be called: keys and tokens go there. */
public final class KmsAddress {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private KmsAddress() {}

    /**
     * The address without a slash at its end.
     *
     * @param name where the operator wrote it, e.g. {@code VAULT_ADDR}
     * @param production refuses http even to this machine
     * @throws ConfigurationException saying what to write
     */
    public static URI require(String name, String text, boolean production) {
        var address = parse(name, text.strip());
        if (!"https".equals(address.getScheme()) && !isOpenToHttp(address, production)) {
            throw new ConfigurationException(
                    ("%s must start with https://: data keys pass through it. Plain http is for "
                                    + "loopback, in the local profile only.")
                            .formatted(name));
        }
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    /** What was written is not quoted: user information is a password. */
    private static URI parse(String name, String text) {
        try {
            var address = new URI(text);
            if (address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            // Refused below, like every other address that is none.
        }
        throw new ConfigurationException(
                "%s must be an address like https://kms.example.org:8200, without user, query or fragment."
                        .formatted(name));
    }

    public static boolean isProduction() {
        return LaunchMode.current() == LaunchMode.NORMAL && !ConfigUtils.isProfileActive("local");
    }

    private static boolean isOpenToHttp(URI address, boolean production) {
        return !production && "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
    }
}
