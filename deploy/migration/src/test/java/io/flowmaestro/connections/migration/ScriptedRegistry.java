package io.flowmaestro.connections.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The registry's import operation as the contract has it, with what goes wrong on the way to it. */
public final class ScriptedRegistry implements AutoCloseable {
    public static final String TOKEN = "operators-token-7f3a";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What happens to one request, in the order in which they are planned. */
    public enum Fault {
        NONE,
        /** 503 with a Retry-After of 0, before anything is done. */
        UNAVAILABLE,
        /** The connection ends before anything is done. */
        HUNG_UP_BEFORE,
        /** Everything is done, and the answer is lost. */
        HUNG_UP_AFTER,
        /** Half of the rows are done, and the connection ends. */
        HUNG_UP_HALFWAY,
        /** Everything is done, and the answer comes too late. */
        LATE,
        /** Everything is done, and half of the answer's body never comes. */
        STALLED,
        UNAUTHORISED,
        FORBIDDEN,
        NOT_FOUND,
        /** An answer that leaves a row out. */
        SHORT,
        INTERNAL_ERROR
    }

    private final HttpServer server;
    private final Map<String, JsonNode> stored = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> queries = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile Predicate<JsonNode> unreadable = row -> false;
    private volatile Predicate<JsonNode> refused = row -> false;
    private volatile int largestBody = Integer.MAX_VALUE;
    private volatile long delayMillis;

    public ScriptedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public ScriptedRegistry plan(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    /** Rows that make the whole request a bad one. */
    public void cannotRead(Predicate<JsonNode> row) {
        unreadable = row;
    }

    public void refuses(Predicate<JsonNode> row) {
        refused = row;
    }

    public void takesAtMost(int bytes) {
        largestBody = bytes;
    }

    public void takes(long millis) {
        delayMillis = millis;
    }

    /** What it holds, by id, in the order in which it came. */
    public Map<String, JsonNode> stored() {
        return stored;
    }

    /** The rows of each request that was read. */
    public List<JsonNode> requests() {
        return requests;
    }

    public List<String> queries() {
        return queries;
    }

    public List<String> authorizations() {
        return authorizations;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        queries.add(exchange.getRequestURI().toString());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        switch (fault) {
            case UNAVAILABLE -> {
                exchange.getResponseHeaders().add("Retry-After", "0");
                problem(exchange, 503, "vault-unavailable");
            }
            case INTERNAL_ERROR -> problem(exchange, 500, "internal-error");
            case HUNG_UP_BEFORE -> exchange.close();
            case UNAUTHORISED -> problem(exchange, 401, "unauthenticated");
            case FORBIDDEN -> problem(exchange, 403, "forbidden");
            case NOT_FOUND -> problem(exchange, 404, "not-found");
            case HUNG_UP_AFTER -> {
                done(exchange, rows(body), 1);
                exchange.close();
            }
            case HUNG_UP_HALFWAY -> {
                done(exchange, rows(body), 2);
                exchange.close();
            }
            case LATE -> {
                String results = results(exchange, rows(body));
                sleep(1_500);
                send(exchange, 200, results);
            }
            case STALLED -> stall(exchange, results(exchange, rows(body)));
            case SHORT -> send(exchange, 200, "{\"success\": true, \"data\": {\"results\": []}}");
            case NONE -> normal(exchange, body);
        }
    }

    /** What one part in so many of them does; a request that cannot be read does nothing. */
    private void done(HttpExchange exchange, JsonNode rows, int part) {
        if (!readable(rows)) {
            return;
        }
        boolean dryRun = dryRun(exchange);
        for (int i = 0; i < rows.size() / part; i++) {
            result(rows.path(i), dryRun);
        }
    }

    private boolean readable(JsonNode rows) {
        for (JsonNode row : rows) {
            if (unreadable.test(row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean dryRun(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery().equals("dry_run=true");
    }

    private void normal(HttpExchange exchange, byte[] body) throws IOException {
        sleep(delayMillis);
        if (body.length > largestBody) {
            problem(exchange, 413, "body-too-large");
            return;
        }
        JsonNode rows = rows(body);
        if (readable(rows)) {
            send(exchange, 200, results(exchange, rows));
        } else {
            problem(exchange, 400, "request-invalid");
        }
    }

    private JsonNode rows(byte[] body) throws IOException {
        JsonNode rows = JSON.readTree(body).path("connections");
        requests.add(rows);
        return rows;
    }

    private String results(HttpExchange exchange, JsonNode rows) {
        boolean dryRun = dryRun(exchange);
        List<String> results = new ArrayList<>();
        rows.forEach(row -> results.add(result(row, dryRun)));
        return "{\"success\": true, \"data\": {\"results\": [" + String.join(",", results) + "]}}";
    }

    private String result(JsonNode row, boolean dryRun) {
        String id = row.path("id").asText();
        if (refused.test(row)) {
            return "{\"id\": \"" + id
                    + "\", \"outcome\": \"refused\", \"code\": \"decryption-failed\", \"detail\": \"It does not open.\"}";
        }
        String outcome = stored.containsKey(id) ? "unchanged" : dryRun ? "would_import" : "imported";
        if (!dryRun) {
            stored.putIfAbsent(id, row);
        }
        return "{\"id\": \"" + id + "\", \"outcome\": \"" + outcome + "\"}";
    }

    private static void problem(HttpExchange exchange, int status, String code) throws IOException {
        send(
                exchange,
                status,
                "{\"success\": false, \"status\": %d, \"code\": \"%s\", \"detail\": \"Scripted.\"}"
                        .formatted(status, code));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void stall(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
