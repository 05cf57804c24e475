package io.flowmaestro.connections.oauth.refresh;

import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.due;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.DebugLines;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DebugLinesTest extends ComponentTest {

    @Inject
    ProviderHealth health;

    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    @Test
    void tellARefreshStepByStepAndNoToken() {
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var stored = due().store();
        publishing(stored);

        try (var logged = new DebugLines()) {
            use(stored).then().statusCode(200);

            assertThat(logged.lines())
                    .contains(
                            "Refresh of connection " + stored.id() + " at generation 1: this replica asks the provider")
                    .contains("Refresh of connection " + stored.id() + " at generation 1 ended: renewed, generation 2")
                    .anyMatch(line ->
                            line.startsWith("The credential of connection " + stored.id() + " is handed out to "))
                    .anyMatch(
                            line -> line.matches("POST http://127\\.0\\.0\\.1:[0-9]+/.* answered 200 after [0-9]+ ms"))
                    .noneMatch(line -> line.contains("old-at")
                            || line.contains("old-rt")
                            || line.contains("new-at")
                            || line.contains("new-rt")
                            || line.contains(Tokens.worker()));
        }
    }
}
