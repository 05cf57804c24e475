package io.flowmaestro.connections.local;

import static io.flowmaestro.connections.local.FrontDoorClient.ALICE;
import static io.flowmaestro.connections.local.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.isolation.IsolationMatrix;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole suite as processes, with real PostgreSQL, OAuth provider and MCP servers, through the front door. */
class SuiteIT {
    private static final String TOO_LARGE = "{\"name\": \"" + "a".repeat(1 << 20) + "\"}";

    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;
    private static FrontDoorClient frontDoor;
    private static PlantedSecrets secrets;

    @BeforeAll
    static void up() throws Exception {
        suite = new SuiteUnderTest(folder, Map.of("DEBUG_CONNECTIONS", "true"));
        frontDoor = suite.frontDoor();
        secrets = new PlantedSecrets(suite);
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("READY (first start");
    }

    @AfterAll
    static void down() throws Exception {
        assertThat(suite.run("down").exitCode()).isZero();
        assertThat(suite.run("status").exitCode()).isEqualTo(3);
        assertThat(suite.running()).isEmpty();
        assertThat(errorsInTheLogs()).isEmpty();
        assertThat(secrets.found())
                .as("secrets in %s", suite.home().resolve("logs"))
                .isEmpty();
    }

    /** They are looked for at the very end, when every other test has had its operations logged, too. */
    @Test
    void logsEveryOperationOnSecretsOfEveryKind() throws Exception {
        assertThat(secrets.travelEverywhere()).contains("api_key", "basic_auth", "custom");

        assertThat(secrets.servicesThatLogEveryOperation()).hasSize(4);
    }

    @Test
    void doesItsMainJobWithRealPartsEvenWhenItIsOfAnotherBuild() throws Exception {
        suite.checkout().change();

        var demo = suite.run("demo");

        assertThat(demo.output())
                .contains("200 (no-store), type api_key")
                .contains("200, text: Echo: hello from a worker")
                .contains("credential_generation 1 → 2")
                .contains("All steps gave what they should.")
                .doesNotContain("Building");
        assertThat(demo.exitCode()).isZero();
        assertThat(ReadMetrics.missing(suite.port()))
                .as("what rules and dashboards read, after every service had work")
                .isEmpty();
    }

    /** With stand-ins for OpenAI and Slack, and a real OAuth provider and MCP server. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "typescript"})
    void runsTheNodesOfAWorkflowOnTheWorkerClientOf(String language) throws Exception {
        var run = new WorkflowNodes(suite).run(language);

        assertThat(run.output())
                .contains("summary: In short: Summarize: a long text")
                .contains("message: Workflow completed: Nightly report (to #notifications)")
                .contains("config:  {\"greeting\": \"hello\"}")
                .contains("All nodes did what they should.");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void carriesOutTheCommandsOfTheDocuments() throws Exception {
        var run = new DocumentedCommands(suite)
                .run(List.of("getting-started.md", "worker-guide.md", "mcp.md", "providers.md", "faq.md"));

        assertThat(run.output())
                .contains("\"api_key\":\"sk-example\"")
                .contains("\"code\":\"connection-not-found\"")
                .contains("\"auth_url\":\"http://localhost:")
                .contains("\"text\":\"Echo: hello\"")
                .contains("\"outcome\":\"tested\"")
                .contains("{\"field\":\"parameters.message\",\"message\":\"is required\"}")
                .contains("\"code\":\"tool-not-allowed\"")
                .contains("\"authorization_servers\":[")
                .contains("\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"Echo: hello\"")
                .contains("\"code\":\"provider-not-configured\"")
                .contains("\"key\":\"acme\"")
                .contains("\"auth_url\":\"https://north.acme.example/oauth/authorize")
                .doesNotContain("\"status\":500", "\"code\":\"unauthorized\"", "malformed-json", "validation-failed");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void tellsWhetherTheAuditTrailIsIntact() throws Exception {
        frontDoor.stored("sk-on-record");

        var audit = suite.run("audit");

        assertThat(audit.output()).startsWith("The audit trail is intact: ").hasLineCount(1);
        assertThat(audit.exitCode()).isZero();
    }

    @Test
    void refusesASecondUpInOneLine() throws Exception {
        var second = suite.run("up");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
                .startsWith("connections: The suite is already running")
                .hasLineCount(1);
    }

    @Test
    void keepsEveryConnectionUsableOverARestart() throws Exception {
        String id = frontDoor.stored("sk-over-a-restart");
        assertThat(suite.run("down").exitCode()).isZero();

        assertThat(suite.run("up", "--detach").output()).contains("READY (warm start");

        assertThat(frontDoor.keyOf(id)).isEqualTo("sk-over-a-restart");
    }

    @Nested
    class AnswersAProblemTo {
        @ParameterizedTest
        @CsvSource({
            "GET, /api/unknown, 404, not-found",
            "GET, /internal/providers, 404, not-found",
            "GET, /api/../internal/providers, 404, not-found",
            "GET, /q/health, 404, not-found",
            "DELETE, /api/connections, 405, method-not-allowed",
            "GET, /api/connections, 401, unauthorized",
        })
        void whatIsNotThereOrNotAllowed(String method, String path, int status, String code) throws Exception {
            assertProblem(frontDoor.send(method, path, BodyPublishers.noBody()), status, code);
        }

        @Test
        void aBodyOfAnotherType() throws Exception {
            assertProblem(posted("text/plain", BodyPublishers.ofString("hello")), 415, "unsupported-media-type");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"name\": ", "{\"name\": \"a\", \"name\": \"b\"}", "{} x", "\u0000"})
        void malformedJson(String body) throws Exception {
            assertProblem(posted("application/json", BodyPublishers.ofString(body)), 400, "malformed-json");
        }

        @Test
        void deepJson() throws Exception {
            String deep = "{\"metadata\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

            assertProblem(posted("application/json", BodyPublishers.ofString(deep)), 400, "malformed-json");
        }

        @Test
        void aBodyOverOneMebibyte() throws Exception {
            assertProblem(posted("application/json", BodyPublishers.ofString(TOO_LARGE)), 413, "content-too-large");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/api/connections", "/api/oauth/demo/refresh/" + ALICE, "/api/connections/mcp/discover"})
        void aChunkedBodyOverOneMebibyte(String path) throws Exception {
            BodyPublisher chunked = BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(TOO_LARGE.getBytes(StandardCharsets.UTF_8)));

            assertProblem(posted(path, "application/json", chunked), 413, "content-too-large");
        }

        private static HttpResponse<String> posted(String type, BodyPublisher body) throws Exception {
            return posted("/api/connections", type, body);
        }

        private static HttpResponse<String> posted(String path, String type, BodyPublisher body) throws Exception {
            return frontDoor.send("POST", path, body, "Authorization", frontDoor.bearer("alice"), "Content-Type", type);
        }
    }

    @Nested
    class Refuses {
        @Test
        void anExpiredToken() throws Exception {
            refused(claims -> claims.put("exp", Instant.now().minusSeconds(120).getEpochSecond()));
        }

        @Test
        void aTokenOfAnotherAudience() throws Exception {
            refused(claims -> claims.put("aud", "somebody-else"));
        }

        @Test
        void aTokenOfAnotherIssuer() throws Exception {
            refused(claims -> claims.put("iss", "http://localhost:1"));
        }

        /** An ID token is for the client that asked for it, and says nothing of a client that calls. */
        @Test
        void anIdToken() throws Exception {
            refused(claims -> {
                claims.remove("client_id");
                return claims.put("aud", "connections-ui").put("auth_time", claims.getLong("iat"));
            });
        }

        @Test
        void aUserWhoActsForAnother() throws Exception {
            var answer = frontDoor.get(
                    "/api/connections", "Authorization", frontDoor.bearer("alice"), "X-On-Behalf-Of", ALICE);

            assertProblem(answer, 403, "on-behalf-of-forbidden");
        }

        @Test
        void aUserWhoAsksForCredentials() throws Exception {
            assertProblem(credentials("alice"), 403, "forbidden");
        }

        @Test
        void aWorkerThatDoesNotSayForWhom() throws Exception {
            assertProblem(credentials("worker"), 400, "on-behalf-of-required");
        }

        private static HttpResponse<String> credentials(String account) throws Exception {
            return frontDoor.send(
                    "POST",
                    "/api/credentials/" + ALICE,
                    BodyPublishers.noBody(),
                    "Authorization",
                    frontDoor.bearer(account));
        }

        /** The same token without the change is good, so the change is what it is refused for. */
        private static void refused(UnaryOperator<JsonObject> change) throws Exception {
            String token = suite.token("alice");
            SignedToken signed = new SignedToken(suite.home());
            assertThat(listed(signed.with(token, claims -> claims)).statusCode())
                    .isEqualTo(200);

            var answer = listed(signed.with(token, change));

            assertProblem(answer, 401, "unauthorized");
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).contains("invalid_token"));
        }

        private static HttpResponse<String> listed(String token) throws Exception {
            return frontDoor.get("/api/connections", "Authorization", "Bearer " + token);
        }
    }

    @Nested
    class KeepsUsersApart {
        /** Prints its size: `proof suite.isolation: …`. */
        @Test
        void asFarAsAnyOperationOfAnyServiceTells() throws Exception {
            try (var matrix = new IsolationMatrix(suite.home(), suite.port())) {
                matrix.prove();
            }
        }
    }

    /** Nothing above is a fault of the suite's own, so none of it may be logged as one. */
    private static List<String> errorsInTheLogs() throws Exception {
        try (Stream<Path> logs = Files.list(suite.home().resolve("logs"))) {
            return logs.flatMap(SuiteIT::lines)
                    .filter(line -> line.contains(" ERROR "))
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
