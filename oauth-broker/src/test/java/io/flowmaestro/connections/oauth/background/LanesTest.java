package io.flowmaestro.connections.oauth.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(2);
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> start(String key, String name, CompletableFuture<String> work) {
        return lanes.run(key, () -> {
                    begun.add(name);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribeAsCompletionStage();
    }

    @Test
    void letSoMuchOfOneKeyGoOnAtATimeAndOtherKeysBeside() {
        var first = new CompletableFuture<String>();
        start("a", "a1", first);
        start("a", "a2", new CompletableFuture<>());
        start("a", "a3", new CompletableFuture<>());
        start("b", "b1", new CompletableFuture<>());
        assertThat(begun).containsExactly("a1", "a2", "b1");
        first.complete("done");
        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void passAPlaceOnAlsoAfterAFailure() {
        var failing = new CompletableFuture<String>();
        var ended = start("a", "a1", failing);
        start("a", "a2", new CompletableFuture<>());
        start("a", "a3", new CompletableFuture<>());
        failing.completeExceptionally(new IllegalStateException("no"));
        assertThat(ended).isCompletedExceptionally();
        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void giveNoPlaceToWhoeverHasGoneAway() {
        var first = new CompletableFuture<String>();
        start("a", "a1", first);
        start("a", "a2", new CompletableFuture<>());
        var gone =
                lanes.run("a", () -> Uni.createFrom().item("gone")).subscribe().with(_ -> begun.add("gone"));
        start("a", "a3", new CompletableFuture<>());
        gone.cancel();
        first.complete("done");
        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void areFreeAgainWhenAllIsDone() {
        for (int i = 0; i < 5; i++) {
            start("a", "a" + i, CompletableFuture.completedFuture("done"));
        }
        assertThat(begun).hasSize(5);
    }
}
