package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.broken;
import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.problem;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static io.flowmaestro.connections.worker.Suite.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowmaestro.connections.worker.StubServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetriesTest {

    private static final Reply DONE =
            json(200, "{\"success\": true, \"data\": {\"text\": \"done\", \"isError\": false, \"content\": []}}");

    private final Suite suite = new Suite();

    @AfterEach
    void close() {
        suite.close();
    }

    @Nested
    class OfACredential {

        static Stream<Reply> passing() {
            return Stream.of(
                    problem(503, "registry-unavailable", ""),
                    problem(429, "too-many-requests", "0"),
                    json(503, "<html>busy</html>"),
                    broken());
        }

        @ParameterizedTest
        @MethodSource("passing")
        void goOnAfterWhatPasses(Reply failure) {
            suite.server.on(CREDENTIAL, failure, failure, suite.token("at-1", 1, Duration.ofHours(1)));

            assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-1");

            assertThat(suite.asked()).isEqualTo(3);
        }

        @Test
        void endAfterThreeCalls() {
            suite.server.on(CREDENTIAL, problem(503, "vault-unavailable", ""));

            assertThatThrownBy(() -> suite.alice().getAccessToken(CONNECTION))
                    .hasMessage("503 vault-unavailable: Do this. (trace 4bf9)");

            assertThat(suite.asked()).isEqualTo(3);
        }

        @Test
        void waitAsLongAsTheServiceSays() {
            suite.server.on(
                    CREDENTIAL, problem(503, "refresh-unavailable", "1"), suite.token("at-1", 1, Duration.ofHours(1)));
            long before = System.nanoTime();

            suite.alice().getAccessToken(CONNECTION);

            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        }

        @Test
        void leaveALongWaitToTheCaller() {
            suite.server.on(CREDENTIAL, problem(503, "provider-unavailable", "60"));

            var problem = catchThrowableOfType(
                    ProblemException.class, () -> suite.alice().getAccessToken(CONNECTION));

            assertThat(problem.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(suite.asked()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({
            "400, validation-failed",
            "404, connection-not-found",
            "409, connection-not-active",
            "502, provider-refused"
        })
        void areNotMadeOfWhatStays(int status, String code) {
            suite.server.on(CREDENTIAL, problem(status, code, ""));

            assertThatThrownBy(() -> suite.alice().getAccessToken(CONNECTION)).isInstanceOf(ProblemException.class);

            assertThat(suite.asked()).isEqualTo(1);
        }
    }

    @Nested
    class OfATool {

        @ParameterizedTest
        @CsvSource({
            "429, too-many-requests",
            "429, mcp-server-busy",
            "503, mcp-server-resting",
            "503, usage-buffer-full",
            "503, service-unavailable"
        })
        void areMadeAfterAnAnswerThatSaysThatNothingRan(int status, String code) {
            suite.server.on(TOOL, problem(status, code, "0"), DONE);

            assertThat(call().text()).isEqualTo("done");
        }

        static Stream<Reply> uncertain() {
            return Stream.of(
                    problem(502, "mcp-server-unreachable", ""),
                    problem(504, "mcp-server-timeout", ""),
                    problem(502, "mcp-server-error", ""),
                    problem(500, "internal-error", ""),
                    json(503, "<html>gateway</html>"),
                    json(502, "<html>gateway</html>"),
                    broken());
        }

        @ParameterizedTest
        @MethodSource("uncertain")
        void areNeverMadeOfACallThatMayHaveRun(Reply failure) {
            suite.server.on(TOOL, failure, DONE);

            var exception = catchThrowableOfType(ConnectionsException.class, RetriesTest.this::call);

            assertThat(exception.nothingRan()).isFalse();
            assertThat(suite.server.received(TOOL)).hasSize(1);
        }

        @Test
        void thatAreBrokenOffBeforehandRanNothing() {
            suite.server.on(TOOL, problem(503, "mcp-server-resting", "1"));
            Thread worker = Thread.currentThread();
            Thread.ofPlatform().start(() -> {
                while (!waitsForTheNextTry(worker)) {
                    Thread.onSpinWait();
                }
                worker.interrupt();
            });

            var exception = catchThrowableOfType(UnreachableException.class, RetriesTest.this::call);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(exception.nothingRan()).isTrue();
        }

        @Test
        void areLeftToTheCallerWhenNobodyListens() {
            suite.server.close();

            var exception = catchThrowableOfType(UnreachableException.class, RetriesTest.this::call);

            assertThat(exception.nothingRan()).as("nothing was sent").isTrue();
            assertThat(exception).hasMessageContaining("No answer from http://127.0.0.1:");
        }
    }

    private static boolean waitsForTheNextTry(Thread worker) {
        return Stream.of(worker.getStackTrace())
                .anyMatch(frame ->
                        frame.getClassName().equals(Retries.class.getName()) && "sleep".equals(frame.getMethodName()));
    }

    @Test
    void aToolThatFailedIsAnAnswer() {
        suite.server.on(
                TOOL,
                json(
                        200,
                        "{\"success\": true, \"data\": {\"text\": \"no such file\", \"isError\": true,"
                                + " \"structuredContent\": {\"a\": 1.10}}}"));

        var result = call();

        assertThat(result.failed()).isTrue();
        assertThat(result.text()).isEqualTo("no such file");
        assertThat(result.structured().orElseThrow().get("a").decimalValue()).isEqualTo("1.10");
        assertThat(result.toString()).doesNotContain("no such file");
        var request = suite.server.received(TOOL).getFirst().json();
        assertThat(request.at("/tool").asText()).isEqualTo("read/file");
        assertThat(request.at("/parameters/path").asText()).isEqualTo("/a");
    }

    @Test
    void aProblemIsReadWhole() {
        suite.server.on(TOOL, problem(400, "tool-arguments-invalid", ""));

        var problem = catchThrowableOfType(ProblemException.class, this::call);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("tool-arguments-invalid");
        assertThat(problem.detail()).isEqualTo("Do this.");
        assertThat(problem.violations()).containsExactly(new Violation("parameters.path", "is missing"));
        assertThat(problem.traceId()).isEqualTo("4bf9");
        assertThat(problem.nothingRan()).isTrue();
    }

    @Test
    void anAnswerOfSomebodyElseIsNotRepeatedInTheMessage() {
        suite.server.on(TOOL, json(200, "<html>secret page</html>"));

        assertThatThrownBy(this::call)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("Is the address right")
                .hasMessageNotContaining("secret page");
    }

    @Test
    void plainHttpIsForLoopbackUnlessAllowed() {
        var builder = ConnectionsClient.at(URI.create("http://broker.internal:8083"), () -> "t");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowPlainHttp");
        builder.allowPlainHttp().build().close();
    }

    private ToolResult call() {
        return suite.alice().executeTool(CONNECTION, "read/file", Map.of("path", "/a"));
    }
}
