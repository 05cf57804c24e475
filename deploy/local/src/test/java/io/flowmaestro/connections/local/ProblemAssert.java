package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** What every refusal of the suite looks like (RFC 9457), and what none of them may tell. */
final class ProblemAssert {
    private ProblemAssert() {}

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).as(answer.body()).isEqualTo(code);
        assertThat(problem.getString("type")).isEqualTo("urn:flowmaestro:connections:problem:" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getBoolean("success")).isFalse();
        assertThat(problem.getString("trace_id")).matches("[0-9a-f]{32}");
        assertThat(answer.body()).doesNotContain("Exception", "io.quarkus", "io.flowmaestro", "io.vertx");
    }
}
