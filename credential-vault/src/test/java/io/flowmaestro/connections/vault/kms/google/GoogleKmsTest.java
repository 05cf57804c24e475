package io.flowmaestro.connections.vault.kms.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleKmsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "projects/acme/locations/europe-west3/keyRings/connections/cryptoKeys/kek";

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void opensAKeyWithoutLookingForCredentials() {
        assertThat(google(Map.of()).open(URI.create("gcp-kms://" + KEY))).hasToString("GoogleKey[" + KEY + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcp-kms:" + KEY,
                "gcp-kms://" + KEY + "/cryptoKeyVersions/1",
                "gcp-kms://projects/acme/keyRings/connections/cryptoKeys/kek",
                "gcp-kms://projects/acme/locations/global/keyRings/connections/cryptoKeys/kek:decrypt",
                "gcp-kms://projects/acme/locations/global/keyRings/../cryptoKeys/kek",
                "gcp-kms://projects/acme/locations/global/keyRings/connections/cryptoKeys/a%2Fb"
            })
    void refusesWhatIsNoKeyAndSaysWhatIs(String uri) {
        assertThatThrownBy(() -> google(Map.of()).open(URI.create(uri)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "without a version",
                        "gcp-kms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>");
    }

    @Test
    void refusesAnEndpointWithoutTlsInProduction() {
        assertThatThrownBy(() -> google(Map.of("vault.kms.google.endpoint", "http://127.0.0.1:9"))
                        .open(URI.create("gcp-kms://" + KEY)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("VAULT_KMS_GOOGLE_ENDPOINT must start with https://");
    }

    @Test
    void refusesACredentialsFileThatIsNotThere() {
        assertThatThrownBy(() -> google(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json"))
                        .open(URI.create("gcp-kms://" + KEY)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/nowhere/key.json that GOOGLE_APPLICATION_CREDENTIALS names cannot be read");
    }

    private static GoogleKms google(Map<String, String> environment) {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withMapping(GoogleConfig.class)
                .build()
                .getConfigMapping(GoogleConfig.class);
        return new GoogleKms(config, VERTX, true, Duration.ofSeconds(5));
    }
}
