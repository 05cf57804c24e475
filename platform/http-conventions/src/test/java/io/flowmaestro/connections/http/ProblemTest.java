package io.flowmaestro.connections.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ProblemTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:flowmaestro:connections:problem:" + code))
                .body("status", equalTo(status))
                .body("success", equalTo(false))
                .body("code", equalTo(code))
                .body("trace_id", matchesPattern("[0-9a-f]{32}"))
                .body("title", not(empty()))
                .body("detail", not(empty()))
                .body("$", not(containsString("Exception")));
    }

    @Nested
    class OurOwn {
        @Test
        void carryDetailViolationsAndRetryAfter() {
            problem(given().get("/api/greetings/refused").then(), 503, "service-unavailable")
                    .header("Retry-After", "7")
                    .body("detail", equalTo("Come back later."))
                    .body("instance", equalTo("/api/greetings/refused"))
                    .body("violations[0].field", equalTo("a"));
        }

        @Test
        void mayHaveMembersOfTheirOwn() {
            problem(given().get("/api/greetings/contested").then(), 400, "validation-failed")
                    .body("greeted", equalTo(7))
                    .body("$", hasKey("greeter"))
                    .body("greeter", nullValue())
                    .body("violations", empty());
        }

        @Test
        void mayHaveAStatusThatJakartaRestDoesNotName() {
            problem(given().get("/api/greetings/unprocessable").then(), 422, "unprocessable");
        }

        @Test
        void keepTheCallersTraceId() {
            given().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .get("/api/greetings/refused")
                    .then()
                    .body("trace_id", equalTo("0af7651916cd43dd8448eb211c80319c"));
        }
    }

    @Nested
    class OfTheFramework {
        @ParameterizedTest
        @CsvSource({"/api/unknown", "/unknown", "/api/greetings/refused/more", "/q/unknown"})
        void unknownPath(String path) {
            problem(given().get(path).then(), 404, "not-found");
        }

        @ParameterizedTest
        @CsvSource({"anonymous, Bearer", "bad-token, Bearer error=\"invalid_token\""})
        void missingOrBadToken(String path, String challenge) {
            problem(given().get("/api/greetings/" + path).then(), 401, "unauthorized")
                    .header("WWW-Authenticate", challenge);
        }

        @Test
        void forbidden() {
            problem(given().get("/api/greetings/forbidden").then(), 403, "forbidden");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "DELETE | /api/greetings | OPTIONS, POST",
                    "PATCH | /api/greetings/refused | GET, HEAD, OPTIONS",
                    "PUT | /api/greetings/refused/ | GET, HEAD, OPTIONS",
                    "BREW | /api/parties/7 | GET, HEAD, OPTIONS, PUT"
                })
        void wrongMethodNamesThoseOfThePath(String method, String path, String allowed) {
            problem(given().request(method, path).then(), 405, "method-not-allowed")
                    .header("Allow", allowed)
                    .body("instance", equalTo(path))
                    .body("violations", empty());
        }

        @Test
        void wrongContentType() {
            problem(
                    given().contentType(ContentType.TEXT)
                            .body("hello")
                            .post("/api/greetings")
                            .then(),
                    415,
                    "unsupported-media-type");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\": | malformed-json | ",
                    "{\"name\": \"a\"} x | malformed-json |",
                    "{\"name\": \"a\", \"name\": \"b\"} | malformed-json |",
                    "{\"name\": 5} | validation-failed | name",
                    "{\"name\": \"a\", \"times\": \"x\"} | validation-failed | times",
                    "{\"id\": \"x\"} | validation-failed | id",
                    "{\"tags\": [{}]} | validation-failed | tags[0]",
                    "{\"other\": 1} | validation-failed | other",
                    "[] | validation-failed | body"
                })
        void unreadableBody(String body, String code, String field) {
            var response = problem(
                    given().contentType(ContentType.JSON)
                            .body(body)
                            .post("/api/greetings")
                            .then(),
                    400,
                    code);
            if (field != null) {
                response.body("violations[0].field", equalTo(field));
            }
        }

        @Test
        void deeplyNestedBody() throws Exception {
            var body = "{\"anything\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/greetings"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                Assertions.assertThat(answer.statusCode()).isEqualTo(400);
                Assertions.assertThat(answer.body()).contains("\"code\":\"malformed-json\"");
            }
        }

        @Test
        void chunkedBodyWithinTheLimitIsRead() throws IOException {
            Assertions.assertThat(chunked(1 << 16)).contains("HTTP/1.1 200").contains("aaaa");
        }

        @Test
        void oversizedBody() {
            var body = "{\"name\":\"" + "a".repeat(1 << 20) + "\"}";
            problem(
                    given().contentType(ContentType.JSON)
                            .body(body)
                            .post("/api/greetings")
                            .then(),
                    413,
                    "content-too-large");
        }

        @Test
        void oversizedChunkedBody() throws IOException {
            try (var logged = new LoggedLines()) {
                Assertions.assertThat(chunked(2 << 20))
                        .startsWith("HTTP/1.1 413")
                        .containsIgnoringCase("content-type: application/problem+json")
                        .containsIgnoringCase("connection: close")
                        .contains("\"code\":\"content-too-large\"");
                Assertions.assertThat(logged.lines()).isEmpty();
            }
        }

        @Test
        void aSenderOfAChunkedBodyThatAsksFirstIsToldToGoOn() throws IOException {
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream()
                        .write(head("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                Assertions.assertThat(read(socket)).startsWith("HTTP/1.1 100");
            }
        }

        @Test
        void aClientThatProposesHttp2IsServedOverHttp11() throws Exception {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/greetings/refused"))
                    .version(HttpClient.Version.HTTP_2);
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                Assertions.assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                Assertions.assertThat(answer.statusCode()).isEqualTo(503);
            }
        }

        @Test
        void internalErrorsTellNothing() {
            problem(given().get("/api/greetings/broken").then(), 500, "internal-error")
                    .body("detail", not(containsString("jdbc")));
        }
    }

    private String chunked(int bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            var out = socket.getOutputStream();
            var beginning = head("Transfer-Encoding: chunked\r\n") + "a\r\n{\"name\": \"\r\n";
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            var chunk = ("4000\r\n" + "a".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int sent = 0; sent < bytes; sent += 0x4000) {
                    out.write(chunk);
                }
                out.write("2\r\n\"}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException serverClosedEarly) {
                // it may have answered already
            }
            return read(socket);
        }
    }

    private static String head(String headers) {
        return "POST /api/greetings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    private static String read(Socket socket) throws IOException {
        var answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
    }
}
