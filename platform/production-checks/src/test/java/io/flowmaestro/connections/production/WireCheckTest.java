package io.flowmaestro.connections.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireCheckTest {

    private static final String UNLESS_MESH =
            ", unless a service mesh encrypts this traffic; then set CONNECTIONS_MESH=true.";

    @Test
    void takesPeersOverTlsAndAVerifiedDatabase() {
        assertThat(complaints(Map.of(
                        "quarkus.rest-client.credential-vault.url", "https://vault.example",
                        "quarkus.datasource.reactive.url", "postgresql://db.example/connections?sslmode=verify-full",
                        "quarkus.datasource.jobs.reactive.url", "postgresql://db.example/connections",
                        "quarkus.datasource.jobs.reactive.postgresql.ssl-mode", "verify-full",
                        "connections.changes.database-url", "postgresql://db.example/c?a=b&sslmode=verify-full")))
                .isEmpty();
    }

    @Test
    void refusesAPeerInTheClear() {
        assertThat(complaints(Map.of("quarkus.rest-client.credential-vault.url", "http://vault.example")))
                .containsExactly("quarkus.rest-client.credential-vault.url must be an https URL" + UNLESS_MESH);
    }

    @Test
    void refusesReplicasThatWouldBeReachedInTheClear() {
        assertThat(WireCheck.reads("connections.mcp.replica.url")).isTrue();
        assertThat(complaints(Map.of("connections.mcp.replica.url", "https://10.0.0.7:8080")))
                .isEmpty();
        assertThat(complaints(Map.of("connections.mcp.replica.url", "http://10.0.0.7:8080")))
                .containsExactly("connections.mcp.replica.url must be an https URL" + UNLESS_MESH);
    }

    @Test
    void refusesADatabaseThatIsNotVerifiedAndNamesNoPassword() {
        assertThat(complaints(Map.of(
                        "quarkus.datasource.reactive.url", "postgresql://a:secret@db.example/c?sslmode=require",
                        "quarkus.datasource.jobs.reactive.url", "postgresql://db.example/c",
                        "quarkus.datasource.jobs.reactive.postgresql.ssl-mode", "require",
                        "connections.changes.database-url", "postgresql://db.example/c?sslmode=verify-fully")))
                .containsExactly(
                        "connections.changes.database-url must have sslmode=verify-full" + UNLESS_MESH,
                        "quarkus.datasource.jobs.reactive.url must have sslmode=verify-full" + UNLESS_MESH,
                        "quarkus.datasource.reactive.url must have sslmode=verify-full" + UNLESS_MESH);
    }

    @Test
    void namesAVariableOnceHoweverManyKeysAreMadeOfIt() {
        var peers = Map.of(
                "quarkus.rest-client.connection-registry.url", "http://registry.example",
                "quarkus.rest-client.connection-registry-tests.url", "http://registry.example");

        assertThat(WireCheck.complaints(peers, _ -> "CONNECTIONS_REGISTRY_URL"))
                .containsExactly("CONNECTIONS_REGISTRY_URL must be an https URL" + UNLESS_MESH);
    }

    @Test
    void looksAtNothingElse() {
        assertThat(WireCheck.reads("quarkus.rest-client.credential-vault.url")).isTrue();
        assertThat(WireCheck.reads("quarkus.datasource.jobs.reactive.postgresql.ssl-mode"))
                .isTrue();
        assertThat(WireCheck.reads("quarkus.rest-client.credential-vault.connect-timeout"))
                .isFalse();
        assertThat(WireCheck.reads("quarkus.datasource.password")).isFalse();
    }

    private static List<String> complaints(Map<String, String> settings) {
        return WireCheck.complaints(settings, key -> key);
    }
}
