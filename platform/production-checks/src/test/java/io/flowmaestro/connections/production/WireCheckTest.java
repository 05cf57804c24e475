package io.flowmaestro.connections.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WireCheckTest {

    @Test
    void takesPeersOverTlsAndAVerifiedDatabase() {
        assertThat(WireCheck.inTheClear(Map.of(
                        "quarkus.rest-client.credential-vault.url", "https://vault.example",
                        "quarkus.datasource.reactive.url", "postgresql://db.example/connections?sslmode=verify-full",
                        "quarkus.datasource.jobs.reactive.url", "postgresql://db.example/connections",
                        "quarkus.datasource.jobs.reactive.postgresql.ssl-mode", "verify-full",
                        "connections.changes.database-url", "postgresql://db.example/c?a=b&sslmode=verify-full")))
                .isEmpty();
    }

    @Test
    void refusesAPeerInTheClear() {
        assertThat(WireCheck.inTheClear(Map.of("quarkus.rest-client.credential-vault.url", "http://vault.example")))
                .containsExactly("quarkus.rest-client.credential-vault.url must be an https URL.");
    }

    @Test
    void refusesADatabaseThatIsNotVerifiedAndNamesNoPassword() {
        assertThat(WireCheck.inTheClear(Map.of(
                        "quarkus.datasource.reactive.url", "postgresql://a:secret@db.example/c?sslmode=require",
                        "quarkus.datasource.jobs.reactive.url", "postgresql://db.example/c",
                        "quarkus.datasource.jobs.reactive.postgresql.ssl-mode", "require",
                        "connections.changes.database-url", "postgresql://db.example/c?sslmode=verify-fully")))
                .containsExactly(
                        "connections.changes.database-url must have sslmode=verify-full.",
                        "quarkus.datasource.jobs.reactive.url must have sslmode=verify-full.",
                        "quarkus.datasource.reactive.url must have sslmode=verify-full.");
    }
}
