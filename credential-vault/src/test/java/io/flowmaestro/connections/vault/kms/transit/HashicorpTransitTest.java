package io.flowmaestro.connections.vault.kms.transit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashicorpTransitTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "hcvault://transit/keys/connections";
    private static final Map<String, String> SOUND =
            Map.of("VAULT_ADDR", "https://vault.example.org:8200", "VAULT_TOKEN", "hvs.secret-canary");

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void opensAKeyWithoutAskingTheServer() {
        assertThat(transit(SOUND, true).open(URI.create(KEY))).hasToString("TransitKey[transit/keys/connections]");
    }

    @Test
    void takesAMountPathWithSlashes() {
        assertThat(TransitKeyName.of(URI.create("hcvault://team_a/transit.1/keys/connections")))
                .isEqualTo(new TransitKeyName("team_a/transit.1", "connections"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hcvault:transit/keys/connections",
                "hcvault://transit/connections",
                "hcvault://transit/keys/",
                "hcvault://keys/connections",
                "hcvault:///keys/connections",
                "hcvault://transit/keys/../../sys/raw",
                "hcvault://../sys/keys/connections",
                "hcvault://transit/keys/a%2Fb",
                "hcvault://user:secret-canary@transit/keys/connections"
            })
    void refusesWhatIsNoKeyAndSaysWhatIs(String uri) {
        assertRefused(SOUND, uri, "hcvault://<mount path>/keys/<name>", "VAULT_ADDR");
    }

    @Test
    void needsAnAddress() {
        assertRefused(without("VAULT_ADDR"), KEY, "VAULT_ADDR is not set", "https://vault.example.org:8200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault.example.org",
                "https://vault example secret-canary",
                "https:///v1",
                "https://user:secret-canary@vault.example.org",
                "https://h/?q=1"
            })
    void needsAnAddressThatIsOne(String address) {
        assertRefused(with("VAULT_ADDR", address), KEY, "VAULT_ADDR must be an address like");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://vault.example.org:8200", "http://127.0.0.1:8200", "ftp://vault.example.org"})
    void refusesAnAddressWithoutTlsInProduction(String address) {
        assertRefused(with("VAULT_ADDR", address), KEY, "VAULT_ADDR must start with https://");
    }

    @Test
    void takesPlainHttpToThisMachineOnlyElsewhere() {
        transit(with("VAULT_ADDR", "http://127.0.0.1:8200"), false).open(URI.create(KEY));

        assertThatThrownBy(() -> transit(with("VAULT_ADDR", "http://vault.example.org:8200"), false)
                        .open(URI.create(KEY)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void needsExactlyOneLogin() {
        assertRefused(
                without("VAULT_TOKEN"),
                KEY,
                "exactly one of VAULT_TOKEN, VAULT_TOKEN_FILE and VAULT_K8S_ROLE",
                "0 are set");
        assertRefused(with("VAULT_K8S_ROLE", "connections"), KEY, "2 are set");
    }

    @Test
    void refusesATokenThatIsNone() {
        assertRefused(with("VAULT_TOKEN", "secret-canary\r\nX-Injected: 1"), KEY, "VAULT_TOKEN is not a token");
    }

    @Test
    void refusesACaFileThatIsNotThere() {
        assertRefused(
                with("VAULT_CACERT", "/nowhere/ca.pem"), KEY, "/nowhere/ca.pem that VAULT_CACERT names cannot be read");
    }

    @Test
    void refusesAKubernetesMountThatIsNoPath() {
        var environment = new HashMap<>(without("VAULT_TOKEN"));
        environment.put("VAULT_K8S_ROLE", "connections");
        environment.put("VAULT_K8S_MOUNT", "../sys");

        assertRefused(environment, KEY, "VAULT_K8S_MOUNT must be a mount path");
    }

    private static void assertRefused(Map<String, String> environment, String uri, String... reasons) {
        assertThatThrownBy(() -> transit(environment, true).open(URI.create(uri)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(reasons)
                .hasMessageNotContaining("secret-canary");
    }

    private static HashicorpTransit transit(Map<String, String> environment, boolean production) {
        return new HashicorpTransit(Settings.of(environment), VERTX, production, Duration.ofSeconds(5));
    }

    private static Map<String, String> with(String name, String value) {
        var environment = new HashMap<>(SOUND);
        environment.put(name, value);
        return environment;
    }

    private static Map<String, String> without(String name) {
        var environment = new HashMap<>(SOUND);
        environment.remove(name);
        return environment;
    }
}
