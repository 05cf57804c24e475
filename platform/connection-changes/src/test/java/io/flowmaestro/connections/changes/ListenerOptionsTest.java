package io.flowmaestro.connections.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerOptionsTest {

    private record Settings(String databaseUrl, Optional<String> databaseCa) implements ChangesConfig {
        @Override
        public String user() {
            return "oauth_app";
        }

        @Override
        public String password() {
            return "secret";
        }

        @Override
        public Duration remembered() {
            return Duration.ofSeconds(30);
        }
    }

    private static io.vertx.pgclient.PgConnectOptions options(String url, Optional<String> ca) {
        return ListenerOptions.of(new Settings(url, ca), "oauth-broker");
    }

    @Test
    void nameTheServiceAndItsRole() {
        var options = options("vertx-reactive:postgresql://db.example:6432/connections", Optional.empty());
        assertThat(options.getHost()).isEqualTo("db.example");
        assertThat(options.getPort()).isEqualTo(6432);
        assertThat(options.getDatabase()).isEqualTo("connections");
        assertThat(options.getUser()).isEqualTo("oauth_app");
        assertThat(options.getProperties()).containsEntry("application_name", "oauth-broker-changes");
        assertThat(options.getTrustOptions()).isNull();
    }

    @Test
    void trustTheNamedAuthority() {
        var options = options("postgresql://db.example/connections?sslmode=verify-full", Optional.of("/etc/ca.pem"));
        assertThat(((PemTrustOptions) options.getTrustOptions()).getCertPaths()).containsExactly("/etc/ca.pem");
        assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
    }

    @Test
    void trustTheJdksAuthoritiesOtherwise() {
        var options = options("postgresql://db.example/connections?sslmode=verify-full", Optional.empty());
        assertThat(options.getTrustOptions()).isNotNull();
    }

    @Test
    void compareNoNameWhereOnlyTheAuthorityCounts() {
        var options = options("postgresql://db.example/connections?sslmode=verify-ca", Optional.empty());
        assertThat(options.getTrustOptions()).isNotNull();
        assertThat(options.getHostnameVerificationAlgorithm()).isNullOrEmpty();
    }
}
