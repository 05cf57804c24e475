package io.flowmaestro.connections.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One event loop that keeps calls in flight. Any answer but 200 ends the benchmark: errors are cheap, and would flatter. */
public final class LoadClient implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 10_000;
    /** Well below the time after which services close idle connections: else a call meets one that is being closed. */
    private static final int IDLE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    /**
     * Every call is made from here. Vert.x only weakly remembers the context that it gives another thread; once that is collected, calls
     * come from a new one, over connections of the old one, and one in some thousands was seen not to end.
     */
    private final Context loop = vertx.getOrCreateContext();

    private final HttpClient client;

    /**
     * Opens nothing yet.
     *
     * @param connections the most that are open at a time, and so the most calls in flight
     */
    public LoadClient(int connections) {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setMaxPoolSize(connections)
                .setKeepAlive(true)
                .setKeepAliveTimeout(IDLE_SECONDS));
    }

    /** Keeps {@code concurrency} calls in flight for a while, and waits for the last answers. */
    public Sample run(Target target, int concurrency, Duration time) {
        var spell = new Spell(this, target, System.nanoTime() + time.toNanos());
        return await(spell.start(loop, concurrency), time.toMillis() + 2 * TIMEOUT_MILLIS);
    }

    /** The body of one answer. */
    public Buffer call(Target target, Target.Call call) {
        var answer = Promise.<Buffer>promise();
        loop.runOnContext(_ -> send(target, call).onComplete(answer));
        return await(answer.future(), 2 * TIMEOUT_MILLIS);
    }

    Future<Buffer> send(Target target, Target.Call call) {
        return client.request(options(target, call))
                .compose(request -> request.send(call.body()))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() == 200
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(
                                        new LoadFailed(target.name(), response.statusCode(), answer.toString()))));
    }

    private static RequestOptions options(Target target, Target.Call call) {
        return new RequestOptions()
                .setMethod(target.method())
                .setPort(target.port())
                .setURI(target.path() + call.rest())
                .setHeaders(call.headers())
                .setTimeout(TIMEOUT_MILLIS);
    }

    private static <T> T await(Future<T> future, long millis) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(millis, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LoadFailed refused) {
                throw refused;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        client.close();
        await(vertx.close(), TIMEOUT_MILLIS);
    }
}
