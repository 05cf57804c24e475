package io.flowmaestro.connections.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.identity.Caller;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallerBucketsTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final CallerBuckets buckets = new CallerBuckets(3, 1, Duration.ofSeconds(1));

    private static Caller caller(String client, UUID user) {
        return new Caller(user, "worker", client);
    }

    private Duration takeAll(Caller caller) {
        return IntStream.range(0, 4)
                .mapToObj(_ -> buckets.take(caller))
                .toList()
                .getLast();
    }

    @Test
    void letABurstThroughAndThenSayHowLongToWait() {
        var worker = caller("worker", ALICE);

        assertThat(IntStream.range(0, 3).mapToObj(_ -> buckets.take(worker))).containsOnly(Duration.ZERO);
        assertThat(buckets.take(worker)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    }

    @Test
    void fillAgain() throws Exception {
        var worker = caller("worker", ALICE);
        Thread.sleep(takeAll(worker).plusMillis(50));

        assertThat(buckets.take(worker)).isZero();
    }

    @Test
    void areOnesOwnForEachClientAndUser() {
        assertThat(takeAll(caller("worker", ALICE))).isPositive();

        assertThat(buckets.take(caller("other", ALICE))).isZero();
        assertThat(buckets.take(caller("worker", UUID.randomUUID()))).isZero();
    }
}
