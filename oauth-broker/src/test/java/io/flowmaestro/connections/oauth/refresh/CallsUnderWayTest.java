package io.flowmaestro.connections.oauth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void beginNoMoreOnceTheReplicaStops() {
        calls.finish(new ShutdownEvent());
        assertThat(calls.begin()).isFalse();
    }

    @Test
    void sayWhoIsWaitedFor() {
        var answer = new CompletableFuture<String>();
        assertThat(calls.begin()).isTrue();
        assertThat(calls.begin()).isTrue();
        var asked = calls.asking(() -> Uni.createFrom().completionStage(answer)).subscribeAsCompletionStage();
        calls.stop();
        assertThat(calls.waitedFor())
                .isEqualTo("1 for an answer of their provider, 1 for the database, the registry or the vault");

        answer.complete("answer");

        assertThat(asked).isCompletedWithValue("answer");
        assertThat(calls.waitedFor())
                .as("only the peers are slow")
                .isEqualTo("0 for an answer of their provider, 2 for the database, the registry or the vault");
    }
}
