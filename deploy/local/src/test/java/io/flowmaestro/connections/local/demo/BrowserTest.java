package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against two small servers, since a flow goes from one origin to another. */
class BrowserTest {
    private final Browser browser = new Browser();
    private HttpServer provider;
    private HttpServer application;

    @BeforeEach
    void start() throws IOException {
        provider = server();
        application = server();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
        application.stop(0);
    }

    @Test
    void signsInWithItsCookiesAndFollowsBackToTheApplication() {
        provider.createContext("/auth", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "page=one; Path=/login; HttpOnly");
            redirect(exchange, "/login");
        });
        provider.createContext("/login", exchange -> {
            if ("POST".equals(exchange.getRequestMethod())) {
                String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                redirect(exchange, at(application, "/callback?form=" + form.replace("=", ":")));
            } else {
                answer(exchange, "<form method=\"post\"><input name=\"login\">" + cookies(exchange));
            }
        });
        application.createContext(
                "/callback",
                exchange -> answer(exchange, exchange.getRequestURI().getQuery()));

        Page login = browser.open(URI.create(at(provider, "/auth")));
        Page callback = browser.submit(login, "login", "alice+20s");

        assertThat(login.html()).contains("page=one");
        assertThat(callback.uri().getPath()).isEqualTo("/callback");
        assertThat(callback.html()).isEqualTo("form=login:alice+20s");
    }

    @Test
    void keepsTheCookieThatAnApiCallSetsForTheNavigationThatFollows() {
        application.createContext("/api/authorize", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "binding=b; Path=/api; HttpOnly; SameSite=Lax");
            answer(exchange, "{}");
        });
        application.createContext("/api/callback", exchange -> answer(exchange, cookies(exchange)));

        new Api(URI.create(at(application, "")), browser.client())
                .get(Caller.of("alice", "token"), "/api/authorize")
                .expect(200);

        assertThat(browser.open(URI.create(at(application, "/api/callback"))).html())
                .isEqualTo("binding=b");
    }

    @Test
    void givesUpOnRedirectsWithoutEnd() {
        provider.createContext("/", exchange -> redirect(exchange, "/again"));

        assertThatThrownBy(() -> browser.open(URI.create(at(provider, "/"))))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("redirected without end");
    }

    @Test
    void saysWhoDoesNotAnswer() {
        URI gone = URI.create(at(provider, "/"));
        provider.stop(0);

        assertThatThrownBy(() -> browser.open(gone))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("no answer from " + gone.getAuthority());
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static String at(HttpServer server, String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static String cookies(HttpExchange exchange) {
        return String.join("; ", exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
