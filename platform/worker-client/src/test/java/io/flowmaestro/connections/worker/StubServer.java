package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that answers as it was told to, path by path; the last answer of a path is given again and again. */
final class StubServer implements AutoCloseable {

    private static final int MORE_THAN_COMES = 1_000_000;

    private final AtomicInteger hangUps = new AtomicInteger();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    record Received(String path, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }

        JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** Status 0 breaks the connection; the gate is opened before it is answered; the body of one that stalls does not end. */
    record Reply(int status, String retryAfter, String body, CountDownLatch gate, boolean stalls) {

        Reply(int status, String retryAfter, String body, CountDownLatch gate) {
            this(status, retryAfter, body, gate, false);
        }
    }

    static Reply json(int status, String body) {
        return new Reply(status, "", body, new CountDownLatch(0));
    }

    static Reply problem(int status, String code, String retryAfter) {
        String body = """
            {"type": "urn:connections:problem:%1$s", "title": "T", "status": %2$d, "detail": "Do this.", "success": false,
             "code": "%1$s", "violations": [{"field": "parameters.path", "message": "is missing"}], "trace_id": "4bf9"}
            """.formatted(code, status);
        return new Reply(status, retryAfter, body, new CountDownLatch(0));
    }

    static Reply broken() {
        return json(0, "");
    }

    /** Headers and half a body, and then a space now and again until the caller hangs up. */
    static Reply stalled() {
        return new Reply(200, "", "{\"success\": true, \"data\": {", new CountDownLatch(0), true);
    }

    /** No answer at all. */
    static Reply silent() {
        return new Reply(200, "", "", new CountDownLatch(1));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void on(String path, Reply... inTurn) {
        replies.put(path, new ConcurrentLinkedQueue<>(List.of(inTurn)));
    }

    List<Received> received(String path) {
        return received.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** Callers that did not wait for the end of an answer that stalls. */
    int hangUps() {
        return hangUps.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(path, Map.copyOf(exchange.getRequestHeaders()), body));
        Reply reply = next(path);
        try {
            reply.gate().await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (reply.status() == 0) {
            exchange.close();
            return;
        }
        if (!reply.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), reply.stalls() ? MORE_THAN_COMES : bytes.length);
        exchange.getResponseBody().write(bytes);
        if (reply.stalls()) {
            trickle(exchange.getResponseBody());
        }
        exchange.close();
    }

    private void trickle(OutputStream body) {
        try {
            while (true) {
                body.flush();
                Thread.sleep(20);
                body.write(' ');
            }
        } catch (IOException hungUp) {
            hangUps.incrementAndGet();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply next(String path) {
        Queue<Reply> queue = replies.getOrDefault(path, new ConcurrentLinkedQueue<>());
        if (queue.isEmpty()) {
            return problem(404, "not-found", "");
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
