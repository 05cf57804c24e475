package io.flowmaestro.connections.oauth.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.testing.Calls.registry;
import static io.flowmaestro.connections.oauth.testing.Calls.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class DueTestsTest extends ComponentTest {

    private static final String KEY = "{\"api_key\":\"sk-1\"}";

    private static StoredCredential due() {
        return StoredCredential.of("api_key", "unheard-of", KEY).dueForATest().store();
    }

    private static void answering(StoredCredential stored, ResponseDefinitionBuilder answer) {
        Suite.peers()
                .register(post(stored.testPath())
                        .withHeader("X-On-Behalf-Of", equalTo(Suite.ALICE.toString()))
                        .willReturn(answer));
    }

    private static ResponseDefinitionBuilder health(String status, String reason) {
        return Suite.json(200, """
                {"success":true,"data":{"status":"%s","status_reason":%s,"test_result":null}}""".formatted(status, reason));
    }

    private static int tests(StoredCredential stored) {
        return Suite.requests(RequestMethod.POST, stored.testPath()).size();
    }

    @Test
    void aConnectionThatNobodyMadeSureOfIsTestedBeforeItIsUsed() {
        var stored = due();
        answering(stored, health("active", "null"));

        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);

        assertThat(tests(stored)).isOne();
    }

    @Test
    void oneThatIsNotDueIsNotTested() {
        var stored = StoredCredential.of("api_key", "unheard-of", KEY).store();

        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);

        assertThat(tests(stored)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"invalid,Correct", "expired,Reconnect", "revoked,Reconnect"})
    void oneThatTurnsOutNotToWorkIsRefusedAsIfItHadBeenReadSo(String status, String advice) {
        var stored = due();
        answering(stored, health(status, "\"the provider refused the key\""));

        worker().post("/api/credentials/{id}", stored.id())
                .then()
                .statusCode(409)
                .body("code", org.hamcrest.Matchers.equalTo("connection-not-active"))
                .body("detail", containsString(status))
                .body("detail", containsString("the provider refused the key"))
                .body("detail", containsString(advice));
        assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt")).isEmpty();
    }

    static Stream<ResponseDefinitionBuilder> troubles() {
        return Stream.of(
                Suite.json(500, "{}"),
                Suite.json(404, "{}"),
                Suite.json(503, "{\"code\":\"vault-unavailable\"}"),
                Suite.json(200, "not json"),
                health("unheard-of", "null"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aTestThatGivesNoAnswerKeepsNobodyFromUsingIt(ResponseDefinitionBuilder trouble) {
        var stored = due();
        answering(stored, trouble);

        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);

        assertThat(tests(stored)).isPositive();
    }

    @Test
    void aTestThatTakesTooLongKeepsNobodyFromUsingIt() {
        var stored = due();
        answering(stored, health("invalid", "null").withFixedDelay(20_000));
        long began = System.nanoTime();

        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);

        assertThat((System.nanoTime() - began) / 1_000_000_000.0).isBetween(11.0, 19.0);
    }

    @Test
    void callersAtTheSameTimeShareOneTest() {
        var stored = due();
        answering(stored, health("active", "null").withFixedDelay(1_000));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 8)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> worker().post("/api/credentials/{id}", stored.id())
                                    .statusCode(),
                            threads))
                    .toList();
            assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
        }
        assertThat(tests(stored)).isOne();
    }

    @Test
    void theTestsOwnLookAtTheCredentialIsNotTestedInTurn() {
        var stored = due();

        registry()
                .post("/internal/connections/{id}/credential-for-test", stored.id())
                .then()
                .statusCode(200);

        assertThat(tests(stored)).isZero();
    }
}
