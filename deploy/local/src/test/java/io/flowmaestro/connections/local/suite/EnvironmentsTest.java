package io.flowmaestro.connections.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
    @TempDir
    private Path folder;

    private Environments environments;

    @BeforeEach
    void create() {
        Home home = new Home(folder);
        home.prepare();
        Installation installation =
                new Installation(folder, Optional.empty(), home, new Secrets(home), new Ports(18_080));
        environments = new Environments(
                installation,
                Map.of(
                        "PATH", "/bin",
                        "CONNECTIONS_UI_ORIGINS", "http://localhost:3000",
                        "ACME_CLIENT_ID", "acme",
                        "MCP_ACME_URL", "https://mcp.acme.test/mcp",
                        "ENCRYPTION_KEY", "the user's own",
                        "LEGACY_CREDENTIALS_KEY", "of the former system",
                        "QUARKUS_HTTP_HOST", "0.0.0.0",
                        "CONNECTIONS_ISSUER", "http://elsewhere",
                        "JAVA_TOOL_OPTIONS", "-Xmx4g"));
    }

    @Test
    void onlyTheVaultHasTheEncryptionKeyAndItIsTheSuitesOwn() {
        assertThat(environments.service(Service.CREDENTIAL_VAULT).get("ENCRYPTION_KEY"))
                .isNotNull()
                .isNotEqualTo("the user's own");
        assertThat(environments.service(Service.CONNECTION_REGISTRY)).doesNotContainKey("ENCRYPTION_KEY");
        assertThat(environments.service(Service.OAUTH_BROKER)).doesNotContainKey("ENCRYPTION_KEY");
        assertThat(environments.service(Service.MCP_GATEWAY)).doesNotContainKey("ENCRYPTION_KEY");
    }

    @Test
    void onlyTheVaultHasTheKeysOfAnImport() {
        assertThat(environments.service(Service.CREDENTIAL_VAULT))
                .containsEntry("LEGACY_CREDENTIALS_KEY", "of the former system");
        assertThat(environments.service(Service.CONNECTION_REGISTRY)).doesNotContainKey("LEGACY_CREDENTIALS_KEY");
        assertThat(environments.service(Service.OAUTH_BROKER)).doesNotContainKey("LEGACY_CREDENTIALS_KEY");
        assertThat(environments.service(Service.MCP_GATEWAY)).doesNotContainKey("LEGACY_CREDENTIALS_KEY");
    }

    @Test
    void onlyTheBrokerSeesTheClientsOfProviders() {
        assertThat(environments.service(Service.OAUTH_BROKER))
                .containsEntry("ACME_CLIENT_ID", "acme")
                .containsEntry("DEMO_CLIENT_ID", "connections-demo")
                .containsKey("DEMO_CLIENT_SECRET");
        assertThat(environments.service(Service.CONNECTION_REGISTRY)).doesNotContainKey("ACME_CLIENT_ID");
    }

    @Test
    void theGatewayIsToldWhereServersOfTheCatalogueAre() {
        assertThat(environments.service(Service.MCP_GATEWAY))
                .containsEntry("MCP_ACME_URL", "https://mcp.acme.test/mcp")
                .doesNotContainKeys("ACME_CLIENT_ID", "CONNECTIONS_UI_ORIGINS", "QUARKUS_HTTP_HOST");
        assertThat(environments.service(Service.CREDENTIAL_VAULT)).doesNotContainKey("MCP_ACME_URL");
    }

    @Test
    void onlyTheRegistryIsToldWhichOtherFrontendsMayEmbedThePicker() {
        assertThat(environments.service(Service.CONNECTION_REGISTRY))
                .containsEntry("CONNECTIONS_UI_ORIGINS", "http://localhost:3000");
        assertThat(environments.service(Service.OAUTH_BROKER)).doesNotContainKey("CONNECTIONS_UI_ORIGINS");
    }

    @Test
    void aDeploymentsSettingsInTheUsersEnvironmentDoNotReachAService() {
        assertThat(environments.service(Service.OAUTH_BROKER))
                .doesNotContainKeys("QUARKUS_HTTP_HOST", "JAVA_TOOL_OPTIONS")
                .containsEntry("CONNECTIONS_ISSUER", "http://localhost:18085")
                .containsEntry("QUARKUS_PROFILE", "local");
    }

    @Test
    void eachServiceHasItsOwnRolesAndItsOwnSecretWhichTheIdentityProviderKnows() {
        Map<String, String> vault = environments.service(Service.CREDENTIAL_VAULT);
        Map<String, String> broker = environments.service(Service.OAUTH_BROKER);

        assertThat(vault).containsEntry("CONNECTIONS_DATABASE_USER", "vault_app");
        assertThat(broker).containsEntry("CONNECTIONS_JOBS_DATABASE_USER", "oauth_jobs");
        assertThat(vault.get("CONNECTIONS_DATABASE_PASSWORD"))
                .isNotEqualTo(broker.get("CONNECTIONS_DATABASE_PASSWORD"));
        assertThat(environments.identityProvider())
                .containsEntry("CREDENTIAL_VAULT_CLIENT_SECRET", vault.get("CONNECTIONS_SERVICE_SECRET"))
                .containsEntry("OAUTH_BROKER_CLIENT_SECRET", broker.get("CONNECTIONS_SERVICE_SECRET"));
    }
}
