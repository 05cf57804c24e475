package io.flowmaestro.connections.oauth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CallsUnderWayTest {

    private record Clocks(Duration timeout) implements TokenConfig {
        @Override
        public Duration accountTimeout() {
            return timeout;
        }

        @Override
        public long maxAnswer() {
            return 1;
        }

        @Override
        public Duration discoveryCache() {
            return timeout;
        }
    }

    private final CallsUnderWay calls = new CallsUnderWay(new Clocks(Duration.ofSeconds(10)));

    private CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(
                () -> calls.finish(new ShutdownEvent()), Executors.newVirtualThreadPerTaskExecutor());
    }

    @Test
    void areWaitedForWhenTheReplicaStops() throws Exception {
        assertThat(calls.begin()).isTrue();
        assertThat(calls.begin()).isTrue();
        var stopped = stop();
        calls.end();
        Thread.sleep(200);
        assertThat(stopped).isNotDone();
        calls.end();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void beginNoMoreOnceItStops() {
        assertThat(stop()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(calls.begin()).isFalse();
    }
}
