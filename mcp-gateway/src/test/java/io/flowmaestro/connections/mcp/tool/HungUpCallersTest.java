package io.flowmaestro.connections.mcp.tool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class HungUpCallersTest {

    /** More than the peers' clients have connections. */
    private static final int CALLERS = 150;

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void starveNobodyElse() throws Exception {
        var slow = StoredMcp.of(alice, server).loadedAfter(Duration.ofMillis(300));
        callAndHangUp(slow.id, Duration.ofMillis(500));
        var began = Instant.now();

        given().auth()
                .oauth2(Tokens.user(alice))
                .contentType("application/json")
                .body("{\"tool\":\"echo\"}")
                .post("/api/mcp/{id}/call", StoredMcp.of(alice, server).id)
                .then()
                .statusCode(200);

        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(9));
    }

    private void callAndHangUp(UUID connection, Duration patience) throws IOException, InterruptedException {
        var call = "POST /api/mcp/" + connection
                + "/call HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + "Authorization: Bearer "
                + Tokens.user(alice) + "\r\nContent-Length: 15\r\n\r\n{\"tool\":\"echo\"}";
        var callers = new ArrayList<Socket>();
        for (int caller = 0; caller < CALLERS; caller++) {
            var socket = new Socket("127.0.0.1", address.getPort());
            socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
            callers.add(socket);
        }
        Thread.sleep(patience);
        for (var socket : callers) {
            socket.close();
        }
    }
}
