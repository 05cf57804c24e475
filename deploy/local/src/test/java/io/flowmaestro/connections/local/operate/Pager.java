package io.flowmaestro.connections.local.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Receives what Alertmanager sends. */
public final class Pager implements AutoCloseable {
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * One alert of a message.
     *
     * @param way {@code pages} or {@code tickets}
     * @param status {@code firing} or {@code resolved}
     */
    public record Told(String way, String status, String alert, String service, String runbook) {}

    public Pager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Told> told() {
        return List.copyOf(told);
    }

    /** Whether somebody was woken and not told yet that it is over. */
    boolean isPaging() {
        var last = new HashMap<List<String>, String>();
        told.stream()
                .filter(one -> one.way().equals("pages"))
                .forEach(one -> last.put(List.of(one.alert(), one.service()), one.status()));
        return last.containsValue("firing");
    }

    void forget() {
        told.clear();
    }

    /** Waits for one; fails with what came instead. */
    public Told await(Predicate<Told> wanted, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            var found = told.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("It did not come in " + seconds + " s; there came " + told);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String way = exchange.getRequestURI().getPath().substring(1);
        var message = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        for (Object one : message.getJsonArray("alerts")) {
            var alert = (JsonObject) one;
            var labels = alert.getJsonObject("labels");
            told.add(new Told(
                    way,
                    alert.getString("status"),
                    labels.getString("alertname"),
                    labels.getString("service", ""),
                    alert.getJsonObject("annotations").getString("runbook_url", "")));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
