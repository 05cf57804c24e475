package io.flowmaestro.connections.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowmaestro.connections.testing.DefinerFunctions;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DefinerFunctionsTest extends VaultTest {

    @Test
    void searchTheTemporarySchemaLast() throws SQLException {
        assertThat(DefinerFunctions.paths("vault"))
                .isNotEmpty()
                .allSatisfy((function, path) -> assertThat(path).endsWith(", pg_temp"));
    }

    @Test
    void runNoCheckOfATypeThatTheirCallerMade() {
        assertThatCode(() -> DefinerFunctions.callBesideATypeOfTheCallers(
                        "vault_jobs", "select vault.make_audit_partitions(1)"))
                .doesNotThrowAnyException();
    }
}
