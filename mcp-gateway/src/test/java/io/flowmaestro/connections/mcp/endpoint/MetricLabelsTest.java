package io.flowmaestro.connections.mcp.endpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is asked for, and by whomever, the metrics get no series of its own for it. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class MetricLabelsTest {

    @Inject
    MeterRegistry metrics;

    @TestHTTPResource
    URI address;

    private List<String> labels() {
        return metrics.find("http.server.requests").timers().stream()
                .map(timer -> String.valueOf(timer.getId().getTag("uri")))
                .toList();
    }

    /** By hand, since a client would mend the path. */
    private int status(String method, String path, String headers) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                                    + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /mcp/{id}, 405",
        "PATCH, /mcp/{id}, 405",
        "PUT, /internal/mcp/{id}, 404",
        "OPTIONS, /mcp/{id}, 200",
        "HEAD, /mcp/{id}, 401",
        "GET, /mcp/{id}, 401",
        "POST, /mcp/{id}, 401",
        "GET, /mcp/{id}/more, 404",
        "GET, /nowhere/{id}, 404",
        "GET, //nowhere/{id}, 404",
        "GET, /{id}/, 404",
        "GET, /mcp;x={id}, 404",
        "GET, /q/{id}, 404",
        "GET, /q/health/{id}, 404",
        "GET, /q/health/group/{id}, 200",
        "GET, /api/mcp/{id}/prompts, 401"
    })
    void holdNoId(String method, String path, int status) throws IOException {
        var id = UUID.randomUUID().toString();

        assertThat(status(method, path.replace("{id}", id), "")).isEqualTo(status);
        assertThat(status(method, path.replace("{id}", id), "Authorization: Bearer x.y.z\r\n"))
                .isBetween(200, 499);

        assertThat(labels()).isNotEmpty().noneMatch(label -> label.contains(id));
    }

    @Test
    void nameTheOperationThatWasCalled() {
        var id = UUID.randomUUID();
        given().header("Authorization", "Bearer " + Tokens.user(UUID.randomUUID()))
                .get("/.well-known/oauth-protected-resource/mcp/{id}", id)
                .then()
                .statusCode(200);

        assertThat(labels())
                .contains("/.well-known/oauth-protected-resource/mcp/{connectionId}")
                .noneMatch(label -> label.contains(id.toString()));
    }

    @Test
    void countARefusalOnce() throws IOException {
        long before = refused();

        status("PUT", "/mcp/" + UUID.randomUUID(), "");

        assertThat(refused()).isEqualTo(before + 1);
    }

    private long refused() {
        return metrics.find("http.server.requests").tag("uri", "UNKNOWN").tag("status", "405").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void holdNoMethodThatHttpDoesNotKnow() throws IOException {
        for (var path : new String[] {"/nowhere", "/mcp", "/mcp/" + UUID.randomUUID(), "/q/health/live"}) {
            assertThat(status("ABCDE", path, "")).isBetween(200, 499);
        }

        assertThat(metrics.find("http.server.requests").timers())
                .extracting(timer -> timer.getId().getTag("method"))
                .contains("OTHER")
                .doesNotContain("ABCDE");
    }
}
