package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers on several event loops, and servers that break what they answer. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class EventLoopsTest {

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String BEGUN = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Vertx servers = Vertx.vertx();
    private final VertxInternal vertx = (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final FixedSettings settings = FixedSettings.production();
    private final EgressGuard guard = new EgressGuard(settings, new ScriptedResolver(), true);
    private final EgressClient client = new EgressClient(guard, vertx, settings);
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final List<ContextInternal> loops = loops();

    EventLoopsTest() {
        vertx.exceptionHandler(uncaught::add);
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        servers.close().toCompletionStage().toCompletableFuture().join();
    }

    private List<ContextInternal> loops() {
        List<ContextInternal> all = new ArrayList<>();
        for (int loop = 0; loop < 4; loop++) {
            all.add(vertx.createEventLoopContext());
        }
        return all;
    }

    /** @param answer how the request with that number, from 0, is answered */
    private EgressRequest serveRaw(BiConsumer<Integer, NetSocket> answer) {
        var requests = new AtomicInteger();
        return serveText((_, socket) -> answer.accept(requests.getAndIncrement(), socket));
    }

    private EgressRequest serveText(BiConsumer<String, NetSocket> answer) {
        // A close resets the connection.
        int port = servers.createNetServer(new NetServerOptions().setSoLinger(0))
                .connectHandler(socket ->
                        socket.exceptionHandler(_ -> {}).handler(asked -> answer.accept(asked.toString(), socket)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return EgressRequest.get("http://127.0.0.1:" + port + "/");
    }

    private EgressRequest serve(Consumer<HttpServerRequest> handler) {
        int port = servers.createHttpServer()
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return EgressRequest.get("http://127.0.0.1:" + port + "/");
    }

    private static <T> CompletableFuture<T> on(Context loop, Uni<T> work) {
        var outcome = new CompletableFuture<T>();
        loop.runOnContext(_ -> work.subscribe().with(outcome::complete, outcome::completeExceptionally));
        return outcome;
    }

    private void openedOn(Context loop, EgressRequest request) throws InterruptedException {
        on(loop, client.send(request)).join();
        // The connection goes back to the pool just after the answer is complete.
        Thread.sleep(100);
    }

    /** The first loop has opened a connection, and the second one is busy while an answer comes that turns out to be none. */
    @Test
    void aBrokenAnswerForALoopThatIsBusyEndsTheCallAndNothingElse() throws InterruptedException {
        var asked = new CompletableFuture<NetSocket>();
        var request = serveRaw((number, socket) -> {
            if (number == 0) {
                socket.write(EMPTY);
            } else {
                asked.complete(socket);
            }
        });
        openedOn(loops.get(0), request);

        var outcome = on(loops.get(1), client.send(request));
        asked.thenAccept(socket -> servers.setTimer(100, _ -> socket.write(BEGUN + "no chunk\r\n")));
        asked.join();
        loops.get(1).runOnContext(_ -> Turns.standStill(Duration.ofMillis(500)));

        var failure = catchThrowableOfType(CompletionException.class, outcome::join);
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        EgressFailure.class,
                        egress -> assertThat(egress.kind()).isEqualTo(EgressFailure.Kind.PROTOCOL));
        assertThat(uncaught).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffIsToldOnTheLoopThatAsked() throws InterruptedException {
        var request = serveRaw((number, socket) -> {
            socket.write(number == 0 ? EMPTY : BEGUN);
            if (number > 0) {
                servers.setTimer(100, _ -> socket.close());
            }
        });
        openedOn(loops.get(0), request);
        var here = loops.get(1).nettyEventLoop();

        var toldHere = on(
                loops.get(1),
                client.send(request).map(_ -> false).onFailure().recoverWithItem(_ -> here.inEventLoop()));

        assertThat(toldHere.join()).isTrue();
    }

    @Test
    void oneLoopMayTakeAllPlacesOfAHost() {
        var held = new CopyOnWriteArrayList<HttpServerRequest>();
        var request = serve(asked -> {
            held.add(asked);
            if (held.size() == settings.connectionsPerHost()) {
                held.forEach(each -> each.response().end());
            }
        });

        var answers = new ArrayList<CompletableFuture<EgressResponse>>();
        for (int call = 0; call < settings.connectionsPerHost(); call++) {
            answers.add(on(loops.get(2), client.send(request)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void allLoopsTogetherTakeNoMoreThanThePlacesOfAHost() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var request = serve(asked -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            servers.setTimer(50, _ -> {
                now.decrementAndGet();
                asked.response().end();
            });
        });

        var answers = new ArrayList<CompletableFuture<EgressResponse>>();
        for (int call = 0; call < settings.connectionsPerHost() + settings.waitingPerHost(); call++) {
            answers.add(on(loops.get(call % loops.size()), client.send(request)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(most.get()).isBetween(2, settings.connectionsPerHost());
    }

    /** A place that is lost would be missed for good: afterwards, a server that answers only when all are taken. */
    @Test
    void noPlaceIsLostWhateverBecomesOfACall() {
        var chance = new Random(7);
        var held = new CopyOnWriteArrayList<NetSocket>();
        var request = serveText((asked, socket) -> {
            if (!asked.startsWith("GET /well")) {
                misbehave(chance.nextInt(7), socket);
                return;
            }
            held.add(socket);
            if (held.size() == settings.connectionsPerHost()) {
                held.forEach(each -> each.write(EMPTY));
            }
        });
        for (int round = 0; round < 25; round++) {
            var outcomes = new ArrayList<CompletableFuture<?>>();
            for (int call = 0; call < settings.connectionsPerHost() + settings.waitingPerHost(); call++) {
                outcomes.add(on(loops.get(call % loops.size()), one(request, call)));
            }
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
        }
        var well = EgressRequest.get(request.url() + "well");

        var answers = new ArrayList<CompletableFuture<EgressResponse>>();
        for (int call = 0; call < settings.connectionsPerHost(); call++) {
            answers.add(on(loops.get(call), client.send(well)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(uncaught).isEmpty();
    }

    /** Whoever hangs up at that moment has no answer to close, and nobody else has it. */
    @Test
    void anAnswerThatComesAsItsCallerLeavesKeepsNoPlace() {
        var request = serve(asked -> asked.response().end("whole"));
        for (int place = 0; place < settings.connectionsPerHost(); place++) {
            var leaving = new AtomicReference<Cancellable>();
            var left = new CompletableFuture<Void>();
            var loop = loops.get(place);
            loop.runOnContext(_ -> leaving.set(client.stream(request)
                    .invoke(() -> {
                        leaving.get().cancel();
                        left.complete(null);
                    })
                    .chain(EgressStream::collect)
                    .subscribe()
                    .with(_ -> {})));
            assertThat(left).succeedsWithin(Duration.ofSeconds(10));
        }

        assertThat(on(loops.getFirst(), client.send(request))).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Else whatever else is on the loop waits for a million bytes each time. */
    @Test
    void aServerThatPoursIsReadABufferAtATime() {
        var all = 8 * 1024 * 1024;
        var request = serve(asked -> asked.response().end(Buffer.buffer(new byte[all])));
        var loop = loops.getFirst();
        var turns = new Turns();

        on(
                        loop,
                        client.stream(request.withMaxBody(all))
                                .chain(answer -> answer.body()
                                        .invoke(chunk -> turns.read(chunk.length()))
                                        .collect()
                                        .last()))
                .join();

        assertThat(turns.read()).isEqualTo(all);
        assertThat(turns.most()).isLessThanOrEqualTo(Turns.A_BUFFER);
    }

    private Uni<Object> one(EgressRequest request, int call) {
        var hurried = request.withTimeout(Duration.ofMillis(60));
        Uni<Object> work = switch (call % 3) {
            case 0 -> client.send(hurried).map(answer -> answer);
            case 1 -> client.stream(hurried).invoke(EgressStream::close).map(answer -> answer);
            // Given up by the caller, often from a thread that is no event loop's.
            default ->
                client.send(request)
                        .map(answer -> (Object) answer)
                        .ifNoItem()
                        .after(Duration.ofMillis(20))
                        .fail();
        };
        return work.onFailure().recoverWithItem(failure -> failure);
    }

    private void misbehave(int how, NetSocket socket) {
        switch (how) {
            case 0 -> socket.close();
            case 1 -> {
                socket.write(BEGUN);
                socket.close();
            }
            case 2 -> {
                socket.write(BEGUN + "2\r\nab\r\n");
                servers.setTimer(15, _ -> socket.close());
            }
            case 3 -> {}
            case 4 -> servers.setTimer(20, _ -> socket.write(EMPTY));
            case 5 -> socket.write("no HTTP at all\r\n\r\n");
            default -> socket.write(EMPTY);
        }
    }
}
