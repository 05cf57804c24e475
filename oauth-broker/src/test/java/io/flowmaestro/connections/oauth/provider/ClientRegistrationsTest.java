package io.flowmaestro.connections.oauth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientRegistrationsTest {

    private static final Provider PROVIDER =
            new Provider("my-crm", "My CRM", TestDefinition.with(""), null, null, null);
    private static final Provider PUBLIC =
            new Provider("open", "Open", TestDefinition.with(",\"token_auth\":\"none\""), null, null, null);

    @Test
    void readsTheProvidersVariables() {
        var client = of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET", "secret"))
                .find(PROVIDER)
                .orElseThrow();
        assertThat(client.id()).isEqualTo("id");
        assertThat(client.secret().reveal()).isEqualTo("secret");
        assertThat(client.toString()).doesNotContain("secret=secret").contains("[redacted]");
    }

    @Test
    void readsFilesAndFollowsTheirRotation(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "from-file\n");
        var clients = of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET_FILE", secret.toString()));
        assertThat(clients.find(PROVIDER).orElseThrow().secret().reveal()).isEqualTo("from-file");
        Files.writeString(secret, "rotated");
        assertThat(clients.find(PROVIDER).orElseThrow().secret().reveal()).isEqualTo("rotated");
    }

    @Test
    void saysWhichVariablesToSet() {
        var clients = of(Map.of("MY_CRM_CLIENT_ID", "id"));
        assertThat(clients.configured(PROVIDER)).isFalse();
        assertThat(clients.find(PROVIDER)).isEmpty();
        var problem = ClientRegistrations.notConfigured(PROVIDER);
        assertThat(problem.code().code()).isEqualTo("provider-not-configured");
        assertThat(problem.detail())
                .contains("MY_CRM_CLIENT_ID", "MY_CRM_CLIENT_SECRET", "MY_CRM_CLIENT_SECRET_FILE", "/api/providers/");
    }

    @Test
    void aMissingFileOrAnEmptyValueIsNotConfigured() {
        assertThat(of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET_FILE", "/nowhere"))
                        .configured(PROVIDER))
                .isFalse();
        assertThat(of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET", " "))
                        .configured(PROVIDER))
                .isFalse();
    }

    @Test
    void aPublicClientNeedsNoSecret() {
        assertThat(of(Map.of("OPEN_CLIENT_ID", "id")).configured(PUBLIC)).isTrue();
    }

    @Test
    void aClientThatSignsNeedsAKeyAndNoSecret(@TempDir Path folder) throws Exception {
        var signing = new Provider(
                "sig", "Sig", TestDefinition.with(",\"token_auth\":\"private_key_jwt\""), null, null, null);
        var generator = java.security.KeyPairGenerator.getInstance("EC");
        generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        String base64 = java.util.Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Path pem = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        Map<String, String> set =
                Map.of("SIG_CLIENT_ID", "id", "SIG_CLIENT_KEY_ID", "k1", "SIG_CLIENT_PRIVATE_KEY_FILE", pem.toString());

        assertThat(of(set).find(signing).orElseThrow().key().id()).isEqualTo("k1");
        assertThat(of(set).find(signing).orElseThrow().toString()).doesNotContain(base64);

        Files.writeString(pem, "not a key");
        assertThat(of(set).configured(signing)).isFalse();
        assertThat(ClientRegistrations.notConfigured(signing).detail()).contains("SIG_CLIENT_PRIVATE_KEY_FILE");
    }

    private static ClientRegistrations of(Map<String, String> environment) {
        return new ClientRegistrations(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(environment, "test", 100))
                .build());
    }
}
