package io.flowmaestro.connections.registry.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.DefinerFunctions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@RegistryTest
class DefinerFunctionsTest {

    @Test
    void searchTheTemporarySchemaLast() throws SQLException {
        assertThat(DefinerFunctions.paths("registry"))
                .isNotEmpty()
                .allSatisfy((function, path) -> assertThat(path).endsWith(", pg_temp"));
    }

    @Test
    void runNoCheckOfATypeThatTheirCallerMade() {
        assertThatCode(() -> DefinerFunctions.callBesideATypeOfTheCallers(
                        "registry_jobs", "select registry.erase_user(gen_random_uuid())"))
                .doesNotThrowAnyException();
    }
}
