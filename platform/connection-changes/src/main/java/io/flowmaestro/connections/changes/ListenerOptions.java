package io.flowmaestro.connections.changes;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** How the listening connection is made. */
final class ListenerOptions {

    private static final int CONNECT_MILLIS = 2000;

    private ListenerOptions() {}

    /** @throws IllegalArgumentException when the address is none */
    static PgConnectOptions of(ChangesConfig config, String service) {
        var options = PgConnectOptions.fromUri(config.databaseUrl().replaceFirst("^vertx-reactive:", ""));
        options.setUser(config.user());
        options.setPassword(config.password());
        options.setConnectTimeout(CONNECT_MILLIS);
        options.addProperty("application_name", service + "-changes");
        if (options.getSslMode() == SslMode.VERIFY_CA || options.getSslMode() == SslMode.VERIFY_FULL) {
            options.setTrustOptions(trusted(config.databaseCa()));
        }
        if (options.getSslMode() == SslMode.VERIFY_FULL) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
        return options;
    }

    private static TrustOptions trusted(Optional<String> authorities) {
        return authorities
                .<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file))
                .orElseGet(ListenerOptions::ofTheJdk);
    }

    private static TrustOptions ofTheJdk() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The JDK has no authorities to trust", failure);
        }
    }
}
