package io.flowmaestro.connections.mcp.endpoint.replica;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaClientTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void isNotMadeToTrustEverybody() {
        assertThatThrownBy(() -> client("https://10.0.0.1:8080", "anybody"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("anybody trusts everybody");
    }

    @Test
    void isNotMadeWithTrustThatNobodyConfigured() {
        assertThatThrownBy(() -> client("https://10.0.0.1:8080", "peers"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("peers");
    }

    @Test
    void asksForNoTrustInAMesh() {
        assertThatCode(() -> client("http://10.0.0.1:8080", "anybody").close()).doesNotThrowAnyException();
    }

    private ReplicaClient client(String own, String name) {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(ReplicaSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValue("connections.mcp.replica.tls-configuration-name", name)
                .build()
                .getConfigMapping(ReplicaSettings.class);
        return new ReplicaClient(vertx, settings, new OwnAddress(Optional.of(own)), new Registry());
    }

    private static final class Registry implements TlsConfigurationRegistry {
        @Override
        public Optional<TlsConfiguration> get(String name) {
            return name.equals("anybody") ? Optional.of(new TrustsEverybody()) : Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException(name);
        }
    }

    private static final class TrustsEverybody implements TlsConfiguration {
        @Override
        public boolean isTrustAll() {
            return true;
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions();
        }

        @Override
        public KeyStore getKeyStore() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyCertOptions getKeyStoreOptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyStore getTrustStore() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SSLContext createSSLContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> getHostnameVerificationAlgorithm() {
            return Optional.empty();
        }

        @Override
        public boolean usesSni() {
            return false;
        }

        @Override
        public boolean reload() {
            return false;
        }
    }
}
