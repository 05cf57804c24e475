package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole suite as processes, with real PostgreSQL, OAuth provider and MCP servers, through the front door. */
class SuiteIT {

    private static final String ALICE = "0190a1ce-0000-7000-8000-00000000a11c";

    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;

    @BeforeAll
    static void up() throws Exception {
        suite = new SuiteUnderTest(folder.resolve("home"));
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("READY (first start");
    }

    @AfterAll
    static void down() throws Exception {
        assertThat(suite.run("down").exitCode()).isZero();
        assertThat(suite.run("status").exitCode()).isEqualTo(3);
    }

    @Test
    void doesItsMainJobWithRealParts() throws Exception {
        var demo = suite.run("demo");
        assertThat(demo.output())
                .contains("200 (no-store), type api_key")
                .contains("200, text: Echo: hello from a worker")
                .contains("credential_generation 1 → 2")
                .contains("All steps gave what they should.");
        assertThat(demo.exitCode()).isZero();
    }

    @Test
    void refusesASecondUp() throws Exception {
        var second = suite.run("up");
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.output()).contains("already running");
    }

    @Test
    void keepsEveryConnectionUsableOverARestart() throws Exception {
        String id = created("sk-over-a-restart");
        assertThat(suite.run("down").exitCode()).isZero();
        var up = suite.run("up", "--detach");
        assertThat(up.output()).contains("READY (warm start");
        assertThat(keyFor(id)).isEqualTo("sk-over-a-restart");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/unknown, 404, not-found",
        "GET, /internal/providers, 404, not-found",
        "GET, /api/../internal/providers, 404, not-found",
        "GET, /q/health, 404, not-found",
        "DELETE, /api/connections, 405, method-not-allowed",
        "GET, /api/connections, 401, unauthorized",
    })
    void answersRefusalsAsProblems(String method, String path, int status, String code) throws Exception {
        problem(suite.send(method, path, ""), status, code);
    }

    @Test
    void answersUnreadableBodiesAsProblems() throws Exception {
        String alice = "Bearer " + suite.token("alice");
        problem(post(alice, "application/json", "{\"name\": "), 400, "malformed-json");
        problem(post(alice, "text/plain", "hello"), 415, "unsupported-media-type");
        problem(
                post(alice, "application/json", "{\"name\": \"" + "a".repeat(1 << 20) + "\"}"),
                413,
                "content-too-large");
    }

    @Test
    void letsAUserNeitherActForAnotherNorReadCredentials() throws Exception {
        String alice = "Bearer " + suite.token("alice");
        problem(
                suite.send("GET", "/api/connections", "", "Authorization", alice, "X-On-Behalf-Of", ALICE),
                403,
                "on-behalf-of-forbidden");
        problem(suite.send("POST", "/api/credentials/" + ALICE, "", "Authorization", alice), 403, "forbidden");
    }

    private static java.net.http.HttpResponse<String> post(String bearer, String type, String body) throws Exception {
        return suite.send("POST", "/api/connections", body, "Authorization", bearer, "Content-Type", type);
    }

    private static String created(String key) throws Exception {
        var answer = post(
                "Bearer " + suite.token("alice"),
                "application/json",
                new JsonObject()
                        .put("name", "restart")
                        .put("connection_method", "api_key")
                        .put("provider", "openai")
                        .put("data", new JsonObject().put("api_key", key))
                        .encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getJsonObject("data").getString("id");
    }

    private static String keyFor(String id) throws Exception {
        var answer = suite.send(
                "POST",
                "/api/credentials/" + id,
                "",
                "Authorization",
                "Bearer " + suite.token("worker"),
                "X-On-Behalf-Of",
                ALICE);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonObject("data").getString("api_key");
    }

    private static void problem(java.net.http.HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getBoolean("success")).isFalse();
        assertThat(problem.getString("trace_id")).matches("[0-9a-f]{32}");
    }
}
