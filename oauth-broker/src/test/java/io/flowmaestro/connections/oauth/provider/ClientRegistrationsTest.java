package io.flowmaestro.connections.oauth.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientRegistrationsTest {

    private static final Provider PROVIDER = new Provider("my-crm", "My CRM", TestSettings.plain(), null, null, null);
    private static final Provider PUBLIC = new Provider(
            "open",
            "Open",
            TestSettings.with(OAuthSettings.ClientAuthentication.NONE, OAuthSettings.TokenBody.FORM),
            null,
            null,
            null);

    @Test
    void readsTheProvidersVariables() {
        var client = of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET", "secret"))
                .require(PROVIDER);
        assertThat(client.id()).isEqualTo("id");
        assertThat(client.secret().reveal()).isEqualTo("secret");
        assertThat(client.toString()).doesNotContain("secret=secret").contains("[redacted]");
    }

    @Test
    void readsFilesAndFollowsTheirRotation(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "from-file\n");
        var clients = of(Map.of("MY_CRM_CLIENT_ID", "id", "MY_CRM_CLIENT_SECRET_FILE", secret.toString()));
        assertThat(clients.require(PROVIDER).secret().reveal()).isEqualTo("from-file");
        Files.writeString(secret, "rotated");
        assertThat(clients.require(PROVIDER).secret().reveal()).isEqualTo("rotated");
    }

    @Test
    void saysWhichVariablesToSet() {
        var clients = of(Map.of("MY_CRM_CLIENT_ID", "id"));
        assertThat(clients.configured(PROVIDER)).isFalse();
        assertThatThrownBy(() -> clients.require(PROVIDER)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code().code()).isEqualTo("provider-not-configured");
            assertThat(problem.detail())
                    .contains("MY_CRM_CLIENT_ID", "MY_CRM_CLIENT_SECRET", "MY_CRM_CLIENT_SECRET_FILE");
        });
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

    private static ClientRegistrations of(Map<String, String> environment) {
        return new ClientRegistrations(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(environment, "test", 100))
                .build());
    }
}
