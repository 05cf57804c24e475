package io.flowmaestro.connections.local.operate.rolling;

import io.flowmaestro.connections.local.HttpAnswers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Requests at a steady pace, however long the answers take. None is repeated, and none is on a connection that was used before. */
final class Load implements AutoCloseable {
    /** Longer than any answer may take. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final Vertx vertx;
    private final int slower;
    private final HttpClient http;
    private final List<Long> timers = new ArrayList<>();
    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failed = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();

    /** @param slower by which every pace is divided */
    Load(Vertx vertx, int slower) {
        this.vertx = vertx;
        this.slower = slower;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(512));
    }

    /** What to ask next. */
    record Request(HttpMethod method, int port, String path, Map<String, String> headers, String body) {}

    /** From now on so many of a kind in a second, divided so; one at least. */
    void begin(String kind, int perSecond, Supplier<Request> next) {
        answered.put(kind, new AtomicInteger());
        timers.add(vertx.setPeriodic(1_000 / Math.max(1, perSecond / slower), _ -> send(kind, next.get())));
    }

    private void send(String kind, Request request) {
        long began = System.nanoTime();
        open.incrementAndGet();
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost("127.0.0.1")
                .setPort(request.port())
                .setURI(request.path())
                .setTimeout(PATIENCE_MILLIS);
        request.headers().forEach(options::putHeader);
        HttpAnswers.to(
                        http,
                        options,
                        Buffer.buffer(request.body()),
                        response -> response.body().map(body -> outcome(response, body.toString())))
                .otherwise(failure -> "no answer: " + failure)
                .onSuccess(outcome -> {
                    longestMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
                    (outcome.isEmpty() ? answered : failed)
                            .computeIfAbsent(outcome.isEmpty() ? kind : kind + " " + outcome, _ -> new AtomicInteger())
                            .incrementAndGet();
                    open.decrementAndGet();
                });
    }

    /** Nothing for a success. */
    private static String outcome(HttpClientResponse response, String body) {
        return response.statusCode() / 100 == 2
                ? ""
                : response.statusCode() + " " + body.replaceAll("\\s+", " ").replaceAll("(?<=^.{300}).*", "");
    }

    /** Asks no more, and waits for what is still open. */
    void end() throws InterruptedException {
        timers.forEach(vertx::cancelTimer);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (open.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    /** How many requests of each kind had success. */
    Map<String, Integer> answered() {
        return counts(answered);
    }

    /** How many had none, by kind and what came instead. */
    Map<String, Integer> failed() {
        return counts(failed);
    }

    private static Map<String, Integer> counts(Map<String, AtomicInteger> counters) {
        var counts = new TreeMap<String, Integer>();
        counters.forEach((name, counter) -> counts.put(name, counter.get()));
        return counts;
    }

    long longestMillis() {
        return longestMillis.get();
    }

    @Override
    public void close() {
        http.close();
    }
}
