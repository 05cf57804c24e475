package io.flowmaestro.connections.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID GITHUB = UUID.randomUUID();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Window window = new Window();

    private static UsageEvent use(UUID connection, String actor, int millis) {
        return new UsageEvent(
                UUID.randomUUID(),
                ALICE,
                connection,
                "used",
                START.plusMillis(millis),
                actor,
                "worker",
                null,
                Map.of());
    }

    private List<UsageEvent> added(int count) {
        var events = IntStream.range(0, count)
                .mapToObj(millis -> use(GITHUB, "worker", millis))
                .toList();
        events.forEach(window::add);
        return events;
    }

    @Test
    void tellsASingleUseAsItIs() {
        var events = added(1);

        assertThat(window.events()).isEqualTo(events);
        assertThat(window.folded()).isZero();
    }

    @Test
    void tellsSeveralInTheCountOfTheLatest() {
        var events = added(100);

        assertThat(window.events())
                .containsExactly(events.getLast().with("uses", 100).with("since", "2026-01-01T00:00:00Z"));
        assertThat(window.folded()).isEqualTo(99);
    }

    @Test
    void accountsForEveryUse() {
        var events = added(37);

        int uses = window.events().stream()
                .mapToInt(event -> (int) event.details().getOrDefault("uses", 1))
                .sum();

        assertThat(uses).isEqualTo(events.size());
        assertThat(window.events()).hasSize(events.size() - window.folded());
    }

    @Test
    void keepsApartWhatDiffersInConnectionOrActor() {
        var other = UUID.randomUUID();
        window.add(use(GITHUB, "worker", 0));
        window.add(use(other, "worker", 0));
        window.add(use(GITHUB, "another worker", 0));

        assertThat(window.events()).hasSize(3);
        assertThat(window.folded()).isZero();
    }

    @Test
    void foldsNothingThatHasDetails() {
        var called = IntStream.range(0, 50)
                .mapToObj(millis -> use(GITHUB, "worker", millis).with("tool", "echo"))
                .toList();
        called.forEach(window::add);

        assertThat(window.events()).isEqualTo(called);
    }
}
