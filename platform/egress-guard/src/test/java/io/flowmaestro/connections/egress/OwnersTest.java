package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several users call one host, and it lets one of them wait. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OwnersTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ALICE = "alice";
    private static final String BOB = "bob";

    private final Vertx vertx = Vertx.vertx();
    private final FixedSettings settings = FixedSettings.production();
    private final EgressClient client =
            new EgressClient(new EgressGuard(settings, new ScriptedResolver(), true), vertx, settings);
    private final int all = settings.connectionsPerHost() + settings.waitingPerHost();
    private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    private final List<Throwable> refused = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Lets whoever asks for /slow wait; those who ask for /together, until the host's places are all taken by them. */
    private String serve(CountDownLatch slow) {
        var together = new CopyOnWriteArrayList<HttpServerRequest>();
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    switch (request.path()) {
                        case "/slow" -> {
                            held.add(request);
                            slow.countDown();
                        }
                        case "/together" -> {
                            together.add(request);
                            if (together.size() == settings.connectionsPerHost()) {
                                together.forEach(each -> each.response().end());
                            }
                        }
                        default -> request.response().end("fine");
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return "http://127.0.0.1:" + port;
    }

    /** @param over is told of each that fails */
    private List<CompletableFuture<EgressResponse>> send(int calls, EgressRequest request, CountDownLatch over) {
        return IntStream.range(0, calls)
                .mapToObj(_ -> client.send(request)
                        .onFailure()
                        .invoke(failure -> {
                            refused.add(failure);
                            over.countDown();
                        })
                        .subscribeAsCompletionStage())
                .toList();
    }

    private static void isForOwnCalls(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(EgressFailure.class, full -> {
            assertThat(full.kind()).isEqualTo(EgressFailure.Kind.UNREACHABLE);
            assertThat(full.requestSent()).isFalse();
            assertThat(full.isFullOfOwnCalls()).isTrue();
            assertThat(full).hasMessageContaining("own calls");
        });
    }

    @Test
    void leaveTheOthersTheirPlacesHoweverManyOfTheirCallsStall() throws InterruptedException {
        int half = all / 2;
        var stalled = new CountDownLatch(settings.connectionsPerHost() / 2);
        var over = new CountDownLatch(all - half);
        var host = serve(stalled);
        send(all, EgressRequest.get(host + "/slow").withOwner(ALICE), over);
        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stalled.await(10, TimeUnit.SECONDS)).isTrue();

        var answer = client.send(EgressRequest.get(host + "/").withOwner(BOB))
                .await()
                .atMost(SOON);

        assertThat(answer.body()).hasToString("fine");
        assertThat(held).hasSize(settings.connectionsPerHost() / 2);
        assertThat(refused).hasSize(all - half).allSatisfy(OwnersTest::isForOwnCalls);
    }

    @Test
    void waitForTheirOwnCallsAndGetTheirPlaces() throws InterruptedException {
        var asked = new AtomicInteger();
        var most = new AtomicInteger();
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    most.accumulateAndGet(asked.incrementAndGet(), Math::max);
                    vertx.setTimer(50, _ -> {
                        asked.decrementAndGet();
                        request.response().end();
                    });
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();

        var answers = send(
                all / 2, EgressRequest.get("http://127.0.0.1:" + port + "/").withOwner(ALICE), new CountDownLatch(1));

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON));
        assertThat(most.get()).isLessThanOrEqualTo(settings.connectionsPerHost() / 2);
    }

    @Test
    void loseNoPlaceByCallsThatTimeOutOrAreRefused() throws InterruptedException {
        var over = new CountDownLatch(all);
        var host = serve(new CountDownLatch(1));
        send(all, EgressRequest.get(host + "/slow").withOwner(ALICE).withTimeout(Duration.ofMillis(300)), over);
        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();

        var together = EgressRequest.get(host + "/together");
        var answers = new ArrayList<CompletableFuture<EgressResponse>>();
        for (int half = settings.connectionsPerHost() / 2, call = 0; call < half; call++) {
            answers.addAll(send(1, together.withOwner(ALICE), over));
            answers.addAll(send(1, together, over));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON));
    }

    @Test
    void haveHalfOfTheStandingStreamsEach() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().setChunked(true).write(": hello\n\n"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        var stream = EgressRequest.get("http://127.0.0.1:" + port + "/");
        for (int half = settings.connectionsPerHost() * 8 / 2, open = 0; open < half; open++) {
            client.standingStream(stream.withOwner(ALICE)).await().atMost(SOON);
        }

        var more = catchThrowable(
                () -> client.standingStream(stream.withOwner(ALICE)).await().atMost(SOON));

        isForOwnCalls(more);
        assertThat(client.standingStream(stream.withOwner(BOB))
                        .await()
                        .atMost(SOON)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void haveHalfOfTheWebSocketsThatAreBeingOpenedEach() throws InterruptedException {
        int half = settings.connectionsPerHost() * 8 / 2;
        var asked = new CountDownLatch(half);
        var others = new CountDownLatch(half + 1);
        int port = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(_ -> {
                    asked.countDown();
                    others.countDown();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        var socket = EgressRequest.of(HttpMethod.GET, "ws://127.0.0.1:" + port + "/");
        for (int open = 0; open < half; open++) {
            var _ = client.socket(socket.withOwner(ALICE), "mcp").subscribeAsCompletionStage();
        }
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        var more = catchThrowable(
                () -> client.socket(socket.withOwner(ALICE), "mcp").await().atMost(SOON));
        var _ = client.socket(socket.withOwner(BOB), "mcp").subscribeAsCompletionStage();

        isForOwnCalls(more);
        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
