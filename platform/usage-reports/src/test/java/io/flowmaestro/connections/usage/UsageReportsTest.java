package io.flowmaestro.connections.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UsageReportsTest {

    private static final Duration FLUSH = Duration.ofMillis(250);
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final ManualLoop loop = new ManualLoop();
    private final FakeSink sink = new FakeSink(loop);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final UsageReports reports = new UsageReports(sink, loop, new Random(7), metrics);

    private static UsageEvent event(UUID user) {
        return new UsageEvent(
                UUID.randomUUID(),
                user,
                UUID.randomUUID(),
                "tool_called",
                Instant.EPOCH,
                "worker",
                "worker",
                null,
                Map.of("tool", "echo"));
    }

    private List<UsageEvent> recorded(UUID user, int count) {
        var events = IntStream.range(0, count).mapToObj(_ -> event(user)).toList();
        events.forEach(reports::record);
        return events;
    }

    private double count(String outcome) {
        return metrics.get("connections.usage.events")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double buffered() {
        return metrics.get("connections.usage.buffered").gauge().value();
    }

    private List<UUID> sentIds() {
        return sink.sent.stream().flatMap(sent -> sent.ids().stream()).toList();
    }

    private static List<UUID> ids(List<UsageEvent> events) {
        return events.stream().map(UsageEvent::id).toList();
    }

    @Nested
    class Flush {
        @Test
        void followsTheFirstEventWithin250Milliseconds() {
            reports.record(event(ALICE));
            loop.pass(Duration.ofMillis(200));
            reports.record(event(ALICE));
            assertThat(sink.sent).isEmpty();

            loop.pass(Duration.ofMillis(50));

            assertThat(sink.sent).singleElement().satisfies(sent -> {
                assertThat(sent.at()).isEqualTo(FLUSH);
                assertThat(sent.events()).hasSize(2);
            });
        }

        @Test
        void doesNotWaitWhenManyHaveCome() {
            var id = UUID.randomUUID();
            for (int i = 1; i < Deliveries.MOST_WAITING; i++) {
                reports.record(use(id));
            }
            assertThat(sink.sent).isEmpty();

            reports.record(use(id));

            assertThat(sink.sent)
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.events())
                            .singleElement()
                            .satisfies(event ->
                                    assertThat(event.details()).containsEntry("uses", Deliveries.MOST_WAITING)));
            assertThat(buffered()).isZero();
        }

        private UsageEvent use(UUID connection) {
            return new UsageEvent(
                    UUID.randomUUID(), ALICE, connection, "used", Instant.EPOCH, "worker", "worker", null, Map.of());
        }

        @Test
        void followsLaterEventsToo() {
            recorded(ALICE, 1);
            loop.pass(FLUSH);
            loop.pass(Duration.ofHours(1));
            recorded(ALICE, 1);
            loop.pass(FLUSH);

            assertThat(sink.sent).hasSize(2);
            assertThat(count("delivered")).isEqualTo(2);
            assertThat(buffered()).isZero();
        }

        @Test
        void sendsUsersTogetherAndEachOnesEventsInTheirOrder() {
            var first = event(ALICE);
            var second = event(BOB);
            var third = event(ALICE);
            List.of(first, second, third).forEach(reports::record);

            loop.pass(FLUSH);

            assertThat(sink.sent)
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.events()).containsExactly(first, third, second));
            assertThat(count("delivered")).isEqualTo(3);
        }

        @Test
        void sendsAtMost500EventsInARequest() {
            var events = recorded(ALICE, 1201);

            loop.pass(FLUSH);

            assertThat(sink.sent).extracting(sent -> sent.events().size()).containsExactly(500, 500, 201);
            assertThat(sentIds()).isEqualTo(ids(events));
        }

        @Test
        void sendsEightRequestsAtOnceAndNoUsersEventsInTwoOfThem() {
            sink.answersAtOnce = false;
            IntStream.range(0, 10).forEach(_ -> recorded(UUID.randomUUID(), 600));
            loop.pass(FLUSH);
            assertThat(sink.sent).hasSize(8);
            assertThat(sink.sent.stream().flatMap(sent -> sent.users().stream()))
                    .doesNotHaveDuplicates();

            sink.unanswered.removeFirst().complete(null);

            assertThat(sink.sent).hasSize(9);
        }

        @Test
        void fillsARequestWithWhatThereIsRoomFor() {
            var alice = recorded(ALICE, 300);
            var bob = recorded(BOB, 300);

            loop.pass(FLUSH);

            assertThat(sink.sent).extracting(sent -> sent.events().size()).containsExactly(500, 100);
            assertThat(sentIds()).startsWith(ids(alice).toArray(UUID[]::new)).containsAll(ids(bob));
            assertThat(sentIds()).doesNotHaveDuplicates();
        }
    }

    @Nested
    class FullBuffer {
        @Test
        void refusesBeforeTheWorkAndSaysWhenToTryAgain() {
            sink.failsWith(new ConnectException());
            recorded(ALICE, Room.PLACES);
            loop.pass(Duration.ofSeconds(1));

            assertThatThrownBy(reports::reserve).isInstanceOfSatisfying(ProblemException.class, problem -> {
                assertThat(problem.code()).isEqualTo(UsageProblem.USAGE_BUFFER_FULL);
                assertThat(problem.getStatusCode()).isEqualTo(503);
                assertThat(problem.getHeaders()).containsKey("Retry-After");
            });
            assertThatThrownBy(() -> reports.record(event(ALICE))).isInstanceOf(ProblemException.class);
            assertThat(count("refused")).isEqualTo(2);
            assertThat(buffered()).isEqualTo(Room.PLACES);
        }

        @Test
        void hasRoomAgainOnceEventsHaveLeft() {
            sink.answersAtOnce = false;
            recorded(ALICE, Room.PLACES);
            assertThatThrownBy(reports::reserve).isInstanceOf(ProblemException.class);

            sink.answersAtOnce = true;
            sink.unanswered.forEach(request -> request.complete(null));

            assertThat(buffered()).isZero();
            reports.reserve().release();
        }

        @Test
        void countsPlacesThatAreKept() {
            var slots = IntStream.range(0, Room.PLACES)
                    .mapToObj(_ -> reports.reserve())
                    .toList();
            assertThatThrownBy(reports::reserve).isInstanceOf(ProblemException.class);

            slots.getFirst().release();

            reports.reserve();
            assertThatThrownBy(reports::reserve).isInstanceOf(ProblemException.class);
        }

        @Test
        void isHeldByCallersOfManyThreads() {
            var threads = IntStream.range(0, 16)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> IntStream.range(0, Room.PLACES / 10)
                            .filter(_ -> isTaken())
                            .count()))
                    .toList();

            assertThat(threads.stream().mapToLong(CompletableFuture::join).sum())
                    .isEqualTo(Room.PLACES);
        }

        private boolean isTaken() {
            try {
                reports.reserve();
                return true;
            } catch (ProblemException full) {
                return false;
            }
        }
    }

    @Nested
    class Slot {
        @Test
        void isSettledOnce() {
            var filled = reports.reserve();
            filled.fill(event(ALICE));
            filled.fill(event(ALICE));
            filled.release();
            var released = reports.reserve();
            released.release();
            released.release();
            released.fill(event(ALICE));
            assertThat(buffered()).isOne();

            loop.pass(FLUSH);

            assertThat(sentIds()).hasSize(1);
            assertThat(buffered()).isZero();
        }
    }

    @Nested
    class Failure {
        @Test
        void isRepeatedWithTheSameIdsEverMoreSeldom() {
            sink.failsWith(new ConnectException());
            var events = recorded(ALICE, 3);
            loop.pass(Duration.ofMinutes(10));

            assertThat(sink.sent).allSatisfy(sent -> assertThat(sent.ids()).isEqualTo(ids(events)));
            var pauses = IntStream.range(1, sink.sent.size())
                    .mapToObj(at ->
                            sink.sent.get(at).at().minus(sink.sent.get(at - 1).at()))
                    .toList();
            for (int at = 0; at < pauses.size(); at++) {
                var due = Math.min(30_000, 200L << Math.min(at, 8));
                assertThat(pauses.get(at).toMillis()).isBetween(due / 2, due);
            }
            assertThat(pauses.size()).isBetween(20, 60);
            assertThat(pauses.subList(9, 20)).doesNotHaveDuplicates();

            sink.works();
            loop.pass(Backoff.LONGEST);
            assertThat(count("delivered")).isEqualTo(3);
            assertThat(buffered()).isZero();
        }

        @Test
        void ofOneUserHoldsUpNobodyElse() {
            sink.answer = sent -> sent.users().contains(ALICE) ? Optional.of(new ConnectException()) : Optional.empty();
            recorded(ALICE, 1);
            recorded(BOB, 1);

            loop.pass(FLUSH.plus(Backoff.SHORTEST));

            assertThat(count("delivered")).isOne();
            assertThat(buffered()).isOne();
        }

        @Test
        void partsUsersUntilTheirEventsHaveArrived() {
            sink.failsWith(new ConnectException());
            recorded(ALICE, 1);
            recorded(BOB, 1);
            loop.pass(FLUSH);
            sink.works();
            loop.pass(Backoff.SHORTEST);
            assertThat(sink.sent).extracting(sent -> sent.users().size()).containsExactly(2, 1, 1);

            recorded(ALICE, 1);
            recorded(BOB, 1);
            loop.pass(FLUSH);

            assertThat(sink.sent.getLast().users()).containsExactly(ALICE, BOB);
        }

        @Test
        void doesNotLetLaterEventsJumpTheBackoff() {
            sink.failsWith(new ConnectException());
            recorded(ALICE, 1);
            loop.pass(Duration.ofMinutes(2));
            int before = sink.sent.size();
            for (int round = 0; round < 10; round++) {
                recorded(ALICE, 1);
                loop.pass(FLUSH);
            }

            assertThat(sink.sent.size() - before).isLessThanOrEqualTo(1);
        }

        @Test
        void ofASinkThatThrowsIsRepeatedToo() {
            sink.answer = _ -> {
                throw new IllegalStateException("no client");
            };
            recorded(ALICE, 1);
            loop.pass(FLUSH);
            sink.works();
            loop.pass(Backoff.SHORTEST);

            assertThat(count("delivered")).isOne();
        }
    }

    @Nested
    class RefusedBatch {
        @Test
        void losesOnlyTheEventThatIsUnacceptable() {
            var events = recorded(ALICE, 700);
            var bad = events.get(123).id();
            sink.answer = sent -> sent.ids().contains(bad) ? Optional.of(new BatchRefused()) : Optional.empty();

            loop.pass(FLUSH);

            assertThat(count("dropped")).isOne();
            assertThat(count("delivered")).isEqualTo(699);
            assertThat(buffered()).isZero();
            assertThat(sink.sent.stream().filter(sent -> sent.ids().equals(List.of(bad))))
                    .hasSize(1);
            assertThat(sink.sent).hasSizeLessThan(40);
        }
    }

    @Nested
    class RefusedTogether {
        @Test
        void losesNothingOfTheOthers() {
            recorded(ALICE, 3);
            var bad = recorded(BOB, 1).getFirst().id();
            recorded(UUID.randomUUID(), 3);
            sink.answer = sent -> sent.ids().contains(bad) ? Optional.of(new BatchRefused()) : Optional.empty();

            loop.pass(FLUSH);

            assertThat(count("dropped")).isOne();
            assertThat(count("delivered")).isEqualTo(6);
            assertThat(buffered()).isZero();
            assertThat(sink.sent).extracting(sent -> sent.users().size()).containsExactly(3, 1, 1, 1);
        }

        @Test
        void dropsWhatAForgottenUserHadInIt() {
            sink.answersAtOnce = false;
            recorded(ALICE, 2);
            recorded(BOB, 1);
            loop.pass(FLUSH);

            assertThat(reports.forget(ALICE).subscribeAsCompletionStage().join())
                    .isZero();
            sink.answersAtOnce = true;
            sink.unanswered.getFirst().fail(new BatchRefused());
            loop.pass(FLUSH);

            assertThat(sink.sent.getLast().users()).containsExactly(BOB);
            assertThat(count("dropped")).isEqualTo(2);
            assertThat(buffered()).isZero();
        }
    }

    @Nested
    class Forgetting {
        private int forgotten(UUID user) {
            return reports.forget(user).subscribeAsCompletionStage().join();
        }

        @Test
        void dropsWhatWaitsOfTheUserOnly() {
            recorded(ALICE, 3);
            recorded(BOB, 1);

            assertThat(forgotten(ALICE)).isEqualTo(3);
            assertThat(forgotten(ALICE)).isZero();
            loop.pass(Duration.ofMinutes(1));

            assertThat(sink.sent).extracting(FakeSink.Sent::users).containsExactly(List.of(BOB));
            assertThat(count("dropped")).isEqualTo(3);
            assertThat(buffered()).isZero();
        }

        @Test
        void dropsWhatIsWaitingToBeSentAgain() {
            sink.failsWith(new ConnectException());
            recorded(ALICE, 2);
            loop.pass(FLUSH);
            sink.works();

            assertThat(forgotten(ALICE)).isEqualTo(2);
            loop.pass(Duration.ofMinutes(1));

            assertThat(sink.sent).hasSize(1);
            assertThat(buffered()).isZero();
        }

        @Test
        void doesNotSendAgainWhatWasUnderWay() {
            sink.answersAtOnce = false;
            recorded(ALICE, 501);
            loop.pass(FLUSH);

            assertThat(forgotten(ALICE)).isOne();
            sink.unanswered.getFirst().fail(new ConnectException());
            loop.pass(Duration.ofMinutes(1));

            assertThat(sink.sent).hasSize(1);
            assertThat(buffered()).isZero();
        }

        @Test
        void leavesRoomForTheUsersLaterEvents() {
            sink.answersAtOnce = false;
            recorded(ALICE, 1);
            loop.pass(FLUSH);
            forgotten(ALICE);
            recorded(ALICE, 1);
            loop.pass(FLUSH);
            sink.unanswered.forEach(caller -> caller.complete(null));

            assertThat(count("delivered")).isEqualTo(2);
            assertThat(buffered()).isZero();
        }
    }

    @Nested
    class Shutdown {
        @Test
        void sendsWhatIsLeftAtOnce() {
            recorded(ALICE, 2);

            reports.flush(new ShutdownEvent());

            assertThat(count("delivered")).isEqualTo(2);
            assertThat(count("lost")).isZero();
        }

        @Test
        void doesNotWaitForABackoff() {
            sink.failsWith(new ConnectException());
            recorded(ALICE, 2);
            loop.pass(Duration.ofMinutes(2));
            sink.works();

            reports.flush(new ShutdownEvent());

            assertThat(count("delivered")).isEqualTo(2);
        }

        @Test
        void endsAtOnceWhenNothingWaits() {
            reports.flush(new ShutdownEvent());

            assertThat(sink.sent).isEmpty();
        }

        @Test
        void countsWhatIsLost() {
            sink.answersAtOnce = false;
            recorded(ALICE, 2);
            recorded(BOB, 1);
            loop.letTimeFly();

            reports.flush(new ShutdownEvent());

            assertThat(sentIds()).hasSize(3);
            assertThat(count("lost")).isEqualTo(3);
        }
    }

    @Nested
    class Event {
        @Test
        void hasTenPlainDetailsAtMost() {
            var eleven = IntStream.range(0, 11)
                    .boxed()
                    .collect(java.util.stream.Collectors.<Integer, String, Object>toMap(Object::toString, at -> at));
            assertThatThrownBy(() -> withDetails(eleven)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> withDetails(Map.of("list", List.of())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(withDetails(Map.of("a", "text", "b", 1, "c", true)).details())
                    .hasSize(3);
        }

        @Test
        void takesAnotherDetailAndStaysTheSameEvent() {
            var before = withDetails(Map.of("tool", "echo"));
            var after = before.with("outcome", "ok");

            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.details()).isEqualTo(Map.of("tool", "echo", "outcome", "ok"));
            assertThat(before.with("tool", "add").details()).isEqualTo(Map.of("tool", "add"));
            assertThat(after.with("run", 7).details()).isEqualTo(Map.of("tool", "echo", "outcome", "ok", "run", 7));
            assertThatThrownBy(() -> before.with("list", List.of())).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void ofACallerNamesWhoseConnectionWhoUsedIt() {
            var event = UsageEvent.of(new Caller(ALICE, "worker-7", "worker"), BOB, "used", Instant.EPOCH, Map.of());

            assertThat(event.user()).isEqualTo(ALICE);
            assertThat(event.connection()).isEqualTo(BOB);
            assertThat(event.actor()).isEqualTo("worker-7");
            assertThat(event.via()).isEqualTo("worker");
            assertThat(event.traceId()).isNull();
        }

        private UsageEvent withDetails(Map<String, Object> details) {
            return new UsageEvent(
                    UUID.randomUUID(), ALICE, ALICE, "used", Instant.EPOCH, "actor", "via", null, details);
        }
    }
}
