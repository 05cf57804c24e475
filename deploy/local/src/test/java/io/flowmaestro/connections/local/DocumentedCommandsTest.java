package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedCommandsTest {
    private static final String SCRIPT = """
            CONNECTIONS=http://localhost:8080
            ISSUER=http://localhost:8085
            PORT=3100 node server.mjs
            curl http://localhost:3100/mcp
            """;

    /** The second and third contain one of the documents' ports, the last two are among them. */
    @ParameterizedTest
    @CsvSource({
        "9000, 9005, 9008",
        "23100, 23105, 23108",
        "31000, 31005, 31008",
        "8080, 8085, 8088",
        "3100, 3105, 3108",
    })
    void putsEachPortInItsPlace(int first, int issuer, int server) {
        assertThat(DocumentedCommands.onPortsFrom(first, SCRIPT))
                .isEqualTo("""
                        CONNECTIONS=http://localhost:%d
                        ISSUER=http://localhost:%d
                        PORT=%d node server.mjs
                        curl http://localhost:%d/mcp
                        """.formatted(first, issuer, server, server));
    }
}
