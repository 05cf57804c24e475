package io.flowmaestro.connections.registry.rewrap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RewrapOutageTest {

    @Inject
    Workers workers;

    @BeforeEach
    void onlyTheTestWorks() throws SQLException {
        workers.rest();
        Registry.peersThatWork();
        ScriptedVault.renews();
        Rows.clear();
    }

    @AfterEach
    void theScheduleWorksAgain() throws SQLException {
        Rows.clear();
        workers.resume();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void nothingIsMarkedAndEveryClaimIsReturned(int status) throws SQLException {
        Rows.many(10, 3);
        ScriptedVault.answers(aResponse().withStatus(status));
        workers.started();

        workers.turn();

        assertThat(Rows.count("select count(*) from registry.connections"
                        + " where rewrap_run = 0 and rewrap_claimed_until is null"))
                .isEqualTo(30);
        RewrapProgress progress = workers.progress();
        assertThat(progress.waitingForVault()).isTrue();
        assertThat(progress.remaining()).isEqualTo(30);
        assertThat(progress.failed()).isZero();
        assertThat(progress.finishedAt()).isNull();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void anAnswerThatCannotBeReadIsNoAnswer(String name, ResponseDefinitionBuilder answer) throws SQLException {
        UUID id = Rows.one(ALICE, "kept");
        ScriptedVault.answers(answer);
        workers.started();

        workers.turn();

        assertThat(workers.progress().waitingForVault()).isTrue();
        assertThat(Rows.ciphertext(id)).isEqualTo("kept");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                broken("no JSON", json("nonsense")),
                broken("no data", json("{\"success\": true}")),
                broken("too few results", json("{\"success\": true, \"data\": {\"results\": []}}")),
                broken("too late", json("{}").withFixedDelay(7000)));
    }

    private static Arguments broken(String name, ResponseDefinitionBuilder answer) {
        return Arguments.of(name, answer);
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    @Test
    void oneWorkerWaitsAndThenGoesOnWhereItStopped() throws SQLException {
        Rows.many(10, 3);
        ScriptedVault.isAway();
        workers.started();
        RewrapWorker worker = workers.worker();
        Workers.await(worker.work());
        int calls = ScriptedVault.requests().size();
        assertThat(calls).isBetween(1, 4);

        Workers.await(worker.work());
        assertThat(ScriptedVault.requests()).hasSize(calls);

        ScriptedVault.renews();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Workers.await(worker.work());
            assertThat(workers.progress().finishedAt()).isNotNull();
        });
        assertThat(workers.progress().rewrapped()).isEqualTo(30);
        assertThat(workers.progress().waitingForVault()).isFalse();
    }
}
