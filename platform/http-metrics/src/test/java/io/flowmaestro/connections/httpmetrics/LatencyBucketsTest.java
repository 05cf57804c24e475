package io.flowmaestro.connections.httpmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    LatencyBucketsTest() {
        metrics.config().meterFilter(new LatencyBuckets().buckets());
    }

    @Test
    void countRequestsThatWereFastEnough() {
        var requests = metrics.timer("http.server.requests");
        requests.record(Duration.ofMillis(50));
        requests.record(Duration.ofMillis(500));

        assertThat(Arrays.stream(requests.takeSnapshot().histogramCounts()))
                .extracting(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) + " ms: " + bucket.count())
                .containsExactly("25.0 ms: 0.0", "100.0 ms: 1.0", "300.0 ms: 1.0", "1000.0 ms: 2.0", "3000.0 ms: 2.0");
    }

    @Test
    void areForRequestsOnly() {
        var other = metrics.timer("connections.other");
        other.record(Duration.ofMillis(50));

        assertThat(other.takeSnapshot().histogramCounts()).isEmpty();
    }
}
