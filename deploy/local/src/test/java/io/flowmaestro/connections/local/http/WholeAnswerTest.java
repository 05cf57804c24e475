package io.flowmaestro.connections.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WholeAnswerTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
            exchange.close();
        });
        server.createContext("/whole", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        client.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .timeout(LIMIT)
                .build();
    }

    @Test
    void isThere() throws Exception {
        assertThat(WholeAnswer.to(request("/whole"), client).body()).isEqualTo("{}");
    }

    /** A client whose connections are in use does not end. */
    @Test
    void isNoneWhereTheBodyStallsAndNobodyWaitsForItAnyLonger() {
        assertThatThrownBy(() -> WholeAnswer.to(request("/stalled"), client)).isInstanceOf(HttpTimeoutException.class);

        client.close();
        assertThat(client.isTerminated()).isTrue();
    }

    @Test
    void isNoneOfAServerThatIsNotThere() {
        server.stop(0);

        assertThatThrownBy(() -> WholeAnswer.to(request("/whole"), client)).isInstanceOf(ConnectException.class);
    }
}
