package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditPermissionsTest extends VaultTest {

    @BeforeEach
    void aMonthIsAddedAsTheScheduleWould() throws SQLException {
        try (var jobs = PostgresResource.as("vault_jobs")) {
            Sql.column(jobs, "select vault.make_audit_partitions(4)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from %s",
                "update %s set recorded_at = now()",
                "delete from %s",
                "truncate %s",
                "alter table %s disable row level security",
                "drop table %s"
            })
    void letTheVaultAddRecordsAndNothingElse(String statement) throws SQLException {
        assertThat(partitions()).hasSizeGreaterThanOrEqualTo(6).contains("vault.audit_records_default");
        for (var table : partitions()) {
            assertDenied("vault_app", statement.formatted(table));
        }
        assertDenied("vault_app", statement.formatted("vault.audit_records"));
        assertDenied("vault_app", statement.formatted("vault.audit_checkpoints"));
    }

    @Test
    void letNobodyPassTheTableByForItsPartitions() throws SQLException {
        for (var table : partitions()) {
            assertDenied("vault_app", "insert into " + table + " select * from " + table);
            assertDenied("vault_jobs", "select * from " + table);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vault_jobs; insert into vault.audit_records select * from vault.audit_records",
                "vault_jobs; update vault.audit_records set outcome = 'ok'",
                "vault_jobs; delete from vault.audit_records",
                "vault_jobs; delete from vault.audit_checkpoints",
                "vault_jobs; select * from vault.audit_keys",
                "vault_app; delete from vault.audit_keys",
                "vault_app; select vault.make_audit_partitions(1)",
                "vault_jobs; select vault.key_epochs('{}')"
            })
    void giveEachRoleOnlyItsOwnWork(String role, String statement) throws SQLException {
        assertDenied(role, statement);
    }

    private static List<String> partitions() {
        return Sql.column("select inhrelid::regclass::text from pg_inherits"
                + " where inhparent = 'vault.audit_records'::regclass");
    }

    private static void assertDenied(String role, String statement) throws SQLException {
        try (var connection = PostgresResource.as(role);
                var attempt = connection.createStatement()) {
            assertThatThrownBy(() -> attempt.execute(statement))
                    .as("%s: %s", role, statement)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }
}
