package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EgressClientTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedResolver resolver = new ScriptedResolver().answer("localhost", "127.0.0.1");
    private final FixedSettings settings = FixedSettings.production();
    private final EgressGuard guard = new EgressGuard(settings, resolver, true);
    private final EgressClient client = new EgressClient(guard, vertx, settings);
    private final List<HttpServerRequest> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int serve(String address, int port, java.util.function.Consumer<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(false))
                .requestHandler(request -> {
                    seen.add(request);
                    handler.accept(request);
                });
        return server.listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private int serve(java.util.function.Consumer<HttpServerRequest> handler) {
        return serve("127.0.0.1", 0, handler);
    }

    private int serveRaw(String answer) {
        NetServer server = vertx.createNetServer()
                .connectHandler(
                        socket -> socket.handler(_ -> socket.write(answer).onComplete(_ -> socket.close())));
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private EgressResponse send(EgressRequest request) {
        return client.send(request).await().indefinitely();
    }

    private EgressFailure failure(EgressRequest request) {
        return catchThrowableOfType(EgressFailure.class, () -> send(request));
    }

    private static EgressRequest get(int port) {
        return EgressRequest.get("http://localhost:" + port + "/a?b=c");
    }

    @Nested
    class Requests {
        @Test
        void carryMethodPathHeadersAndBodyAndBringTheWholeAnswer() {
            var bodies = new CopyOnWriteArrayList<String>();
            int port = serve(request -> request.bodyHandler(body -> {
                bodies.add(body.toString());
                request.response()
                        .setStatusCode(418)
                        .putHeader("X-Answer", "yes")
                        .end("short and stout");
            }));

            var response = send(EgressRequest.post("http://localhost:" + port + "/pot?x=1", Buffer.buffer("tea"))
                    .withHeader("X-Key", "k"));

            assertThat(response.status()).isEqualTo(418);
            assertThat(response.header("x-answer")).contains("yes");
            assertThat(response.body()).hasToString("short and stout");
            assertThat(bodies).containsExactly("tea");
            assertThat(seen).singleElement().satisfies(request -> {
                assertThat(request.uri()).isEqualTo("/pot?x=1");
                assertThat(request.getHeader("X-Key")).isEqualTo("k");
                assertThat(request.getHeader("Host")).isEqualTo("localhost:" + port);
                assertThat(request.headers().names())
                        .noneMatch(name -> name.equalsIgnoreCase("traceparent") || name.equalsIgnoreCase("baggage"));
            });
        }

        @Test
        void reuseTheConnection() throws InterruptedException {
            int port = serve(request -> request.response().end("ok"));

            send(get(port));
            // The connection goes back to the pool just after the answer is complete.
            Thread.sleep(100);
            send(get(port));

            assertThat(seen).hasSize(2);
            assertThat(seen.get(0).connection()).isSameAs(seen.get(1).connection());
        }

        @Test
        void areNotSentToARefusedUrl() {
            int port = serve(request -> request.response().end());

            var refused = catchThrowableOfType(
                    EgressRefused.class, () -> send(EgressRequest.get("http://public.example:" + port)));

            assertThat(refused.reason()).isInstanceOf(Refusal.SchemeNotAllowed.class);
            assertThat(seen).isEmpty();
        }
    }

    @Nested
    class Pinning {
        @Test
        void connectsOnlyToTheAddressThatWasVetted() {
            var first = new AtomicInteger();
            var second = new AtomicInteger();
            int port = serve("127.0.0.2", 0, request -> {
                first.incrementAndGet();
                request.response().end("vetted");
            });
            serve("127.0.0.3", port, request -> {
                second.incrementAndGet();
                request.response().end("rebound");
            });
            serve("127.0.0.1", port, request -> {
                second.incrementAndGet();
                request.response().end("system resolver");
            });
            resolver.answer("rebind.localhost", "127.0.0.2").answer("rebind.localhost", "127.0.0.3");

            var response = send(EgressRequest.get("http://rebind.localhost:" + port));

            assertThat(response.body()).hasToString("vetted");
            assertThat(resolver.asked).containsExactly("rebind.localhost");
            assertThat(first).hasValue(1);
            assertThat(second).hasValue(0);
        }

        @Test
        void doesNotShareAPooledConnectionAcrossAddresses() {
            int port = serve("127.0.0.2", 0, request -> request.response().end("two"));
            serve("127.0.0.3", port, request -> request.response().end("three"));
            resolver.answer("moves.localhost", "127.0.0.2").answer("moves.localhost", "127.0.0.3");

            var url = "http://moves.localhost:" + port;
            assertThat(send(EgressRequest.get(url)).body()).hasToString("two");
            assertThat(send(EgressRequest.get(url)).body()).hasToString("three");
        }

        @Test
        void doesNotFollowARedirect() {
            int target = serve(request -> request.response().end("stolen"));
            int port = serve(request -> request.response()
                    .setStatusCode(307)
                    .putHeader("Location", "http://localhost:" + target + "/")
                    .end());

            assertThat(send(get(port)).status()).isEqualTo(307);
            assertThat(seen).hasSize(1);
        }
    }

    @Nested
    class Limits {
        @Test
        void anAnnouncedBodyThatIsTooLargeIsNotRead() {
            int port = serve(request -> request.response().end("x".repeat(2000)));

            assertThat(failure(get(port).withMaxBody(1999)).kind()).isEqualTo(EgressFailure.Kind.TOO_LARGE);
            assertThat(send(get(port).withMaxBody(2000)).body().length()).isEqualTo(2000);
        }

        @Test
        void anEndlessBodyIsCutOff() {
            int port = serve(request -> {
                request.response().setChunked(true);
                vertx.setPeriodic(1, timer -> {
                    if (request.response().closed()) {
                        vertx.cancelTimer(timer);
                    } else {
                        request.response().write("x".repeat(1000));
                    }
                });
            });

            assertThat(failure(get(port).withMaxBody(50_000)).kind()).isEqualTo(EgressFailure.Kind.TOO_LARGE);
        }

        @Test
        void aCompressedBodyIsMeasuredUnpacked() throws IOException {
            var packed = gzip(new byte[5_000_000]);
            assertThat(packed.length()).isLessThan(10_000);
            int port = serve(request ->
                    request.response().putHeader("Content-Encoding", "gzip").end(packed));

            assertThat(failure(get(port).withMaxBody(1_000_000)).kind()).isEqualTo(EgressFailure.Kind.TOO_LARGE);
            assertThat(send(get(port).withMaxBody(5_000_000)).body().length()).isEqualTo(5_000_000);
        }

        @Test
        void hugeHeadersAreRefused() {
            int port = serve(request ->
                    request.response().putHeader("X-Huge", "x".repeat(10_000)).end());

            assertThat(failure(get(port)).kind()).isEqualTo(EgressFailure.Kind.TOO_LARGE);
        }

        @Test
        void silenceBeforeTheFirstByteEndsTheCall() {
            int port = serve(_ -> {});

            var failure = failure(get(port).withTimeout(SHORT));

            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
            assertThat(failure.requestSent()).isTrue();
        }

        @Test
        void silenceInTheMiddleOfTheBodyEndsTheCall() {
            int port = serve(request -> request.response().setChunked(true).write("half"));

            assertThat(failure(get(port).withIdleTimeout(SHORT)).kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
        }

        @Test
        void aBodyThatDripsForeverEndsAtTheTotalTimeout() {
            int port = serve(request -> {
                request.response().setChunked(true);
                vertx.setPeriodic(20, timer -> {
                    if (request.response().closed()) {
                        vertx.cancelTimer(timer);
                    } else {
                        request.response().write("x");
                    }
                });
            });

            assertThat(failure(get(port).withTimeout(SHORT)).kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
        }

        /** As after SIGSTOP and SIGCONT: by the clock the time is over, and the answer is here. */
        @Test
        void anAnswerThatArrivedWhileThisProcessStoodStillIsRead() {
            int port =
                    serve(request -> vertx.setTimer(50, _ -> request.response().end("the only copy")));
            var standing = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            var client = new EgressClient(guard, standing, settings);
            try {
                client.send(get(port)).await().indefinitely();
                var answer = client.send(get(port).withTimeout(SHORT)).subscribeAsCompletionStage();
                standing.runOnContext(_ -> {
                    long until = System.nanoTime() + SHORT.multipliedBy(4).toNanos();
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                });
                assertThat(answer)
                        .succeedsWithin(Duration.ofSeconds(10))
                        .satisfies(response -> assertThat(response.body()).hasToString("the only copy"));
            } finally {
                standing.close().toCompletionStage().toCompletableFuture().join();
            }
        }

        /** The same while it connects: a token that goes out late may have been redeemed by somebody else. */
        @Test
        void aRequestIsNotSentLateByAProcessThatStoodStillUntilItWasConnected() throws InterruptedException {
            int port = serve(request -> request.response().end("late"));
            var standing = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            var client = new EgressClient(guard, standing, settings);
            try {
                // From before it begins to connect: it must be sure to stand when the connection opens.
                standing.runOnContext(_ -> Turns.standStill(SHORT.multipliedBy(4)));
                var answer = client.send(get(port).withTimeout(SHORT)).subscribeAsCompletionStage();

                assertThat(answer)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .havingCause()
                        .isInstanceOfSatisfying(EgressFailure.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
                            assertThat(failure.requestSent()).isFalse();
                        });
                Thread.sleep(200);
                assertThat(seen).isEmpty();
                assertThat(client.send(get(port)).await().indefinitely().body()).hasToString("late");
            } finally {
                standing.close().toCompletionStage().toCompletableFuture().join();
            }
        }

        @Test
        void aTimedOutCallDropsItsConnection() throws InterruptedException {
            var closed = new java.util.concurrent.CountDownLatch(1);
            int port = serve(request -> request.connection().closeHandler(_ -> closed.countDown()));

            failure(get(port).withTimeout(SHORT));

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Nested
    class Faults {
        @Test
        void nothingListensIsUnreachableAndCertainlyNotSent() {
            int port = serve(request -> request.response().end());
            vertx.close().toCompletionStage().toCompletableFuture().join();
            var other = new EgressClient(guard, Vertx.vertx(), settings);

            var failure = catchThrowableOfType(
                    EgressFailure.class, () -> other.send(get(port)).await().indefinitely());

            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.UNREACHABLE);
            assertThat(failure.requestSent()).isFalse();
            other.close();
        }

        @Test
        void aConnectionThatBreaksMayHaveBeenSeen() {
            int port = serve(request -> request.connection().close());

            var failure = failure(get(port));

            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.UNREACHABLE);
            assertThat(failure.requestSent()).isTrue();
        }

        @Test
        void halfABodyIsNotAnAnswer() {
            int port = serveRaw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

            assertThat(failure(get(port)).kind()).isEqualTo(EgressFailure.Kind.UNREACHABLE);
        }

        @Test
        void somethingThatIsNotHttpIsAProtocolErrorAndIsNotRepeated() {
            int port = serveRaw("SSH-2.0-OpenSSH_9.9 internal-host\r\n");

            var failure = failure(get(port));

            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.PROTOCOL);
            assertThat(failure).hasMessageNotContaining("SSH");
        }

        @Test
        void aBodyThatOnlyClaimsToBeCompressedIsAProtocolError() {
            int port = serve(request ->
                    request.response().putHeader("Content-Encoding", "gzip").end("not gzip at all"));

            assertThat(failure(get(port)).kind()).isEqualTo(EgressFailure.Kind.PROTOCOL);
        }

        @Test
        void plainTextOnATlsPortIsATlsFailure() {
            int port = serve(request -> request.response().end());

            assertThat(failure(EgressRequest.get("https://localhost:" + port)).kind())
                    .isEqualTo(EgressFailure.Kind.TLS);
        }
    }

    @Nested
    class Streams {
        @Test
        void bringHeadersBeforeTheBodyIsComplete() {
            int port = serve(request -> {
                request.response().setChunked(true).write("one");
                vertx.setTimer(100, _ -> request.response().end("two"));
            });
            var stream = client.stream(get(port)).await().indefinitely();

            assertThat(stream.status()).isEqualTo(200);
            var chunks = new ArrayList<String>();
            stream.body()
                    .invoke(chunk -> chunks.add(chunk.toString()))
                    .collect()
                    .last()
                    .await()
                    .indefinitely();
            assertThat(chunks).containsExactly("one", "two");
        }

        @Test
        void thatAreCancelledDropTheConnection() throws InterruptedException {
            var closed = new java.util.concurrent.CountDownLatch(1);
            int port = serve(request -> {
                request.connection().closeHandler(_ -> closed.countDown());
                request.response().setChunked(true).write("one");
            });
            var stream = client.stream(get(port)).await().indefinitely();

            assertThat(stream.body().toUni().await().indefinitely()).hasToString("one");

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void thatAreLeftJustBeforeTheirEndKeepTheConnection() throws InterruptedException {
            int port = serve(request -> {
                request.response().setChunked(true).write("one");
                vertx.setTimer(30, _ -> request.response().end("two"));
            });
            var stream = client.stream(get(port)).await().indefinitely();
            stream.body().toUni().await().indefinitely();
            Thread.sleep(200);

            client.stream(get(port)).await().indefinitely().close();

            assertThat(seen.get(0).connection()).isSameAs(seen.get(1).connection());
        }

        @Test
        void thatAreClosedWholeButUnreadNeverBreakTheNextRequest() {
            int port = serve(request -> request.response().setStatusCode(202).end());

            for (int i = 0; i < 300; i++) {
                client.stream(get(port)).invoke(EgressStream::close).await().indefinitely();
                assertThat(client.send(get(port)).await().indefinitely().status())
                        .isEqualTo(202);
            }
        }

        @Test
        void thatNobodyReadsAreCutOffInTheEnd() throws InterruptedException {
            var closed = new java.util.concurrent.CountDownLatch(1);
            int port = serve(request -> {
                request.connection().closeHandler(_ -> closed.countDown());
                request.response().setChunked(true).write("one");
            });

            client.stream(get(port).withTimeout(SHORT)).await().indefinitely();

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Buffer gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return Buffer.buffer(out.toByteArray());
    }
}
