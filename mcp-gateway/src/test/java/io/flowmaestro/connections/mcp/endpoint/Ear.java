package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Hears a stream that stands, message by message. */
final class Ear implements AutoCloseable {

    private static final JsonObject END = new JsonObject();

    final HttpResponse<Stream<String>> response;
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

    Ear(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread.startVirtualThread(this::hear);
    }

    private void hear() {
        try {
            response.body()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> new JsonObject(line.substring(6)))
                    .forEach(heard::add);
        } catch (UncheckedIOException | IllegalStateException closed) {
            // Hung up.
        }
        heard.add(END);
    }

    /** The next message. */
    JsonObject next() throws InterruptedException {
        var message = heard.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a message within 10 s").isNotNull().isNotSameAs(END);
        return message;
    }

    /** The next message's method. */
    String nextMethod() throws InterruptedException {
        return next().getString("method");
    }

    /** Whether there is a next message already. */
    boolean hasHeard() {
        return !heard.isEmpty();
    }

    void hearsNothingFor(Duration time) throws InterruptedException {
        assertThat(heard.poll(time.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    }

    void hearsTheEnd() throws InterruptedException {
        assertThat(heard.poll(10, TimeUnit.SECONDS)).as("the end within 10 s").isSameAs(END);
    }

    @Override
    public void close() {
        response.body().close();
    }
}
