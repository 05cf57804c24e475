package io.flowmaestro.connections.mcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class McpServerTest {

    /** Each renewal, to be answered by the test. */
    private final List<CompletableFuture<Optional<AccessToken>>> renewals = new ArrayList<>();

    private final McpServer server = new McpServer(
                    "https://mcp.example",
                    new UpstreamAuth.Bearer(new Secret("old")),
                    Map.of("X-Own", "kept"),
                    Duration.ofSeconds(1),
                    List.of())
            .renewedBy(() -> {
                var renewal = new CompletableFuture<Optional<AccessToken>>();
                renewals.add(renewal);
                return Uni.createFrom().completionStage(renewal);
            });

    private static Optional<AccessToken> token(String value) {
        return Optional.of(new AccessToken(value, 2, List.of()));
    }

    private UniAssertSubscriber<Boolean> refused() {
        return server.hasOthersThan(server.headers()).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private boolean isStillGood(Map<String, String> refused) {
        return server.hasOthersThan(refused).await().indefinitely();
    }

    @Nested
    class ARefusedToken {

        @Test
        void isRenewedOnceForAllWhoWait() {
            var one = refused();
            var other = refused();

            renewals.getFirst().complete(token("new"));

            one.assertItem(true);
            other.assertItem(true);
            assertThat(renewals).hasSize(1);
            assertThat(server.headers()).isEqualTo(Map.of("Authorization", "Bearer new", "X-Own", "kept"));
        }

        @Test
        void isRenewedForTheOthersWhenOneHangsUp() {
            var one = refused();
            var other = refused();

            one.cancel();
            renewals.getFirst().complete(token("new"));

            other.assertItem(true);
        }

        @Test
        void isNotRenewedForOneThatWasSentBefore() {
            var old = server.headers();
            var _ = refused();
            renewals.getFirst().complete(token("new"));

            assertThat(isStillGood(old)).isTrue();
            assertThat(renewals).hasSize(1);
        }

        @Test
        void isNotRenewedAgainWhenItWasJustRenewed() {
            var _ = refused();
            renewals.getFirst().complete(token("new"));

            assertThat(isStillGood(server.headers())).isFalse();
            assertThat(renewals).hasSize(1);
        }

        @Test
        void isNotSentAgainWhenThereIsNoOtherOne() {
            var one = refused();
            renewals.getFirst().complete(Optional.empty());

            one.assertItem(false);
            assertThat(isStillGood(server.headers())).isFalse();
            assertThat(renewals).hasSize(1);
        }
    }

    @Nested
    class ARenewalThatFails {

        @Test
        void failsForAllWhoWaitAndIsBegunAnewByTheNext() {
            var one = refused();
            var other = refused();
            renewals.getFirst().completeExceptionally(new IllegalStateException("away"));

            one.assertFailedWith(IllegalStateException.class, "away");
            other.assertFailedWith(IllegalStateException.class, "away");

            var later = refused();
            renewals.getLast().complete(token("new"));
            later.assertItem(true);
            assertThat(renewals).hasSize(2);
        }

        @Test
        void changesNothing() {
            var old = server.headers();
            var _ = refused();
            renewals.getFirst().completeExceptionally(new IllegalStateException("away"));

            assertThat(server.headers()).isEqualTo(old);
        }
    }

    @Test
    void withoutTokensHasNoOtherHeaders() {
        var plain = new McpServer(
                "https://mcp.example", new UpstreamAuth.None(), Map.of(), Duration.ofSeconds(1), List.of());

        assertThat(plain.hasOthersThan(plain.headers()).await().indefinitely()).isFalse();
    }

    @Test
    void showsItsHeadersToNobodyWhoCouldChangeThem() {
        assertThatThrownBy(() -> server.headers().put("X", "y")).isInstanceOf(UnsupportedOperationException.class);
    }
}
