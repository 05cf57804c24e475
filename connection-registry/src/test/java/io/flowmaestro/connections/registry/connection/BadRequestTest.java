package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.apiKey;
import static io.flowmaestro.connections.registry.Registry.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class BadRequestTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\": }", "{\"name\": \"a\", \"name\": \"b\"}", "{} trailing", "\u0000", "nul"})
    void malformedJsonIs400(String body) {
        as(ALICE)
                .body(body)
                .post("/api/connections")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("success", equalTo(false));
    }

    @Test
    void emptyBodyIs400() {
        as(ALICE).post("/api/connections").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void wrongContentTypeIs415() {
        as(ALICE)
                .contentType(ContentType.TEXT)
                .body(apiKey("n", "x"))
                .post("/api/connections")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void wrongMethodIs405() {
        as(ALICE)
                .patch("/api/connections")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, OPTIONS, POST")
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/internal/nothing", "/q/nothing", "/mcp/nothing", "/api"})
    void unknownPathIsA404ProblemEvenForABrowser(String path) {
        as(ALICE).accept(ContentType.HTML).get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void largeBodyIs413() {
        as(ALICE)
                .body(apiKey("x".repeat(1024 * 1024), "x"))
                .post("/api/connections")
                .then()
                .statusCode(413);
    }

    @Test
    void largeChunkedBodyIs413Too() throws IOException, InterruptedException {
        byte[] body = apiKey("x".repeat(1024 * 1024 + 1), "x").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/api/connections"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + Tokens.user(ALICE))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void bodyLessCallsMayNameAContentType() {
        as(ALICE)
                .post("/api/connections/{id}/refresh-tools", "unknown")
                .then()
                .statusCode(404)
                .body("code", equalTo("connection-not-found"));
    }
}
