package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.testing.DefinerFunctions;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DefinerFunctionsTest extends ComponentTest {

    @Test
    void searchTheTemporarySchemaLast() throws SQLException {
        assertThat(DefinerFunctions.paths("oauth"))
                .isNotEmpty()
                .allSatisfy((function, path) -> assertThat(path).endsWith(", pg_temp"));
    }
}
