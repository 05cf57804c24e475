package io.flowmaestro.connections.vault.kms.transit;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.flowmaestro.connections.vault.kms.KmsKeyContract;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitKeyTest extends KmsKeyContract {

    private static final String TOKEN = "hvs.fixed-canary";

    private final FakeTransit transit = (FakeTransit) kms;

    @TempDir
    private Path folder;

    TransitKeyTest() {
        super(new FakeTransit());
        transit.tokens.add(TOKEN);
    }

    @Override
    protected KeyEncryptionKey open(String address, Duration timeout) {
        return open(address, "connections", timeout, Map.of("VAULT_TOKEN", TOKEN));
    }

    @Override
    protected KeyEncryptionKey another() {
        return open("another", PATIENCE, Map.of("VAULT_TOKEN", TOKEN));
    }

    @Override
    protected RequestPatternBuilder wrapping() {
        return postRequestedFor(urlEqualTo("/v1/transit/encrypt/connections"));
    }

    @Override
    protected ResponseDefinitionBuilder throttled() {
        return FakeTransit.errors(429, "request path quota exceeded");
    }

    @Override
    protected ResponseDefinitionBuilder forbidden() {
        return FakeTransit.errors(403, "permission denied canary-of-the-answer");
    }

    @Override
    protected String remedy() {
        return "its policy does not allow update on the key's encrypt and decrypt paths";
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN, "login-canary", "pod-jwt-canary", "file-canary");
    }

    @Test
    void asksAsTheTransitApiDocuments() {
        var key = open("connections", PATIENCE, Map.of("VAULT_TOKEN", TOKEN, "VAULT_NAMESPACE", "team/vaults"));

        var wrapped = await(key.wrap(dataKey, ALICE));
        await(key.unwrap(wrapped, ALICE));

        var aad = base64(ALICE);
        server.verify(wrapping()
                .withHeader("X-Vault-Token", equalTo(TOKEN))
                .withHeader("X-Vault-Request", equalTo("true"))
                .withHeader("X-Vault-Namespace", equalTo("team/vaults"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(
                        "{\"plaintext\":\"%s\",\"associated_data\":\"%s\"}".formatted(base64(dataKey), aad))));
        server.verify(postRequestedFor(urlEqualTo("/v1/transit/decrypt/connections"))
                .withHeader("X-Vault-Token", equalTo(TOKEN))
                .withRequestBody(equalToJson("{\"ciphertext\":\"%s\",\"associated_data\":\"%s\"}"
                        .formatted(new String(wrapped, StandardCharsets.US_ASCII), aad))));
    }

    @Test
    void leavesTheNamespaceOutWhereThereIsNone() {
        await(open(PATIENCE).wrap(dataKey, ALICE));

        server.verify(wrapping().withHeader("X-Vault-Namespace", absent()));
    }

    @Test
    void keepsTheEnginesOwnTextAsTheWrappedForm() {
        assertThat(await(open(PATIENCE).wrap(dataKey, ALICE)))
                .startsWith("vault:v1:".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAServerThatIgnoresAssociatedData() {
        transit.ignoresAssociatedData = true;

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "KEY_UNUSABLE");
        assertThat(logs.warnings()).singleElement().asString().contains("ignores associated_data");
    }

    @Test
    void provesOnceThatAssociatedDataBinds() {
        var key = open(PATIENCE);
        await(key.wrap(dataKey, ALICE));
        await(key.wrap(dataKey, ALICE));

        server.verify(1, postRequestedFor(urlEqualTo("/v1/transit/decrypt/connections")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            encryption key not found | make one with `vault write -f transit/keys/connections type=aes256-gcm96`
            '[0].associated_data' provided for non-AEAD cipher suite rsa-4096 | takes no associated data; use one of type aes256-gcm96
            missing 'context' for key derivation; the key was created using a derived key | neither derived nor convergent
            """, quoteCharacter = '"')
    void saysWhatIsWrongWithTheKey(String error, String remedy) {
        always(FakeTransit.errors(400, error));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "KEY_UNUSABLE", 1);
        assertThat(logs.warnings()).singleElement().asString().contains(remedy).doesNotContain("cipher suite");
    }

    @Test
    void saysThatAnOldVersionWasRetired() {
        server.stubFor(any(urlEqualTo("/v1/transit/decrypt/connections"))
                .willReturn(
                        FakeTransit.errors(400, "ciphertext or signature version is disallowed by policy (too old)")));

        assertUnavailable(
                open(PATIENCE).unwrap("vault:v1:AAAA".getBytes(StandardCharsets.US_ASCII), ALICE), "KEY_UNUSABLE");
        assertThat(logs.warnings()).singleElement().asString().contains("min_decryption_version");
    }

    @Nested
    class WithATokenFile {

        @Test
        void usesANewTokenAsSoonAsTheFileHasIt() throws Exception {
            var file = Files.writeString(folder.resolve("token"), "hvs.file-canary-1\n");
            transit.tokens.add("hvs.file-canary-1");
            var key = withFile(file);
            var wrapped = await(key.wrap(dataKey, ALICE));

            transit.tokens.clear();
            transit.tokens.add("hvs.file-canary-2");
            Files.writeString(file, "hvs.file-canary-2\n");

            assertThat(await(key.unwrap(wrapped, ALICE))).isEqualTo(dataKey);
        }

        @Test
        void saysThatNothingRenewedIt() throws Exception {
            var file = Files.writeString(folder.resolve("token"), "hvs.file-canary-1");

            assertUnavailable(withFile(file).wrap(dataKey, ALICE), "REFUSED", 1);
            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains(file.toString(), "nothing renewed the file");
        }

        @Test
        void saysThatItCannotBeRead() {
            assertUnavailable(withFile(folder.resolve("missing")).wrap(dataKey, ALICE), "REFUSED", 0);
            assertThat(logs.warnings()).singleElement().asString().contains("cannot be read");
        }

        @Test
        void saysThatItHoldsNoToken() throws Exception {
            var file = Files.writeString(folder.resolve("token"), "two words file-canary");

            assertUnavailable(withFile(file).wrap(dataKey, ALICE), "REFUSED", 0);
            assertThat(logs.warnings()).singleElement().asString().contains("holds no token");
        }

        private KeyEncryptionKey withFile(Path file) {
            return open("connections", PATIENCE, Map.of("VAULT_TOKEN_FILE", file.toString()));
        }
    }

    @Nested
    class AsAKubernetesServiceAccount {

        private KeyEncryptionKey pod(String role) throws Exception {
            var jwt = Files.writeString(folder.resolve("jwt"), "pod-jwt-canary");
            return open(
                    "connections", PATIENCE, Map.of("VAULT_K8S_ROLE", role, "VAULT_K8S_TOKEN_FILE", jwt.toString()));
        }

        @Test
        void logsInOnceForManyCalls() throws Exception {
            var key = pod("connections");
            await(key.unwrap(await(key.wrap(dataKey, ALICE)), ALICE));

            server.verify(
                    1,
                    postRequestedFor(urlEqualTo("/v1/auth/kubernetes/login"))
                            .withHeader("X-Vault-Token", absent())
                            .withRequestBody(equalToJson("{\"role\":\"connections\",\"jwt\":\"pod-jwt-canary\"}")));
        }

        @Test
        void logsInAgainWhenItsTokenIsOver() throws Exception {
            var key = pod("connections");
            var wrapped = await(key.wrap(dataKey, ALICE));
            transit.tokens.clear();

            assertThat(await(key.unwrap(wrapped, ALICE))).isEqualTo(dataKey);
            server.verify(2, postRequestedFor(urlEqualTo("/v1/auth/kubernetes/login")));
        }

        @Test
        void logsInAgainOnlyOnceWhenThePolicyIsWhatLacks() throws Exception {
            always(forbidden());

            assertUnavailable(pod("connections").wrap(dataKey, ALICE), "REFUSED", 2);
            assertThat(logs.warnings())
                    .singleElement()
                    .asString()
                    .contains("must allow update on transit/encrypt/connections and transit/decrypt/connections");
        }

        @Test
        void saysThatTheRoleIsRefused() throws Exception {
            assertUnavailable(pod("nobody").wrap(dataKey, ALICE), "REFUSED", 0);
            assertThat(logs.warnings()).singleElement().asString().contains("VAULT_K8S_ROLE nobody");
        }
    }

    private KeyEncryptionKey open(String key, Duration timeout, Map<String, String> environment) {
        return open(address(), key, timeout, environment);
    }

    private static KeyEncryptionKey open(
            String address, String key, Duration timeout, Map<String, String> environment) {
        var settings = new HashMap<>(environment);
        settings.put("VAULT_ADDR", address + "/");
        return new HashicorpTransit(Settings.of(settings), VERTX, false, timeout)
                .open(URI.create("hcvault://transit/keys/" + key));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
