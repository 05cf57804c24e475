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
    void tellsFiveUsesOneByOne() {
        var events = added(5);

        assertThat(window.events()).isEqualTo(events);
        assertThat(window.folded()).isZero();
    }

    @Test
    void tellsWhatIsMoreInTheCountOfTheLatest() {
        var events = added(100);

        var told = window.events();

        assertThat(told.subList(0, 4)).isEqualTo(events.subList(0, 4));
        assertThat(told).hasSize(5);
        assertThat(told.getLast())
                .isEqualTo(events.getLast().with("uses", 96).with("since", "2026-01-01T00:00:00.004Z"));
        assertThat(window.folded()).isEqualTo(95);
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
        for (int i = 0; i < 5; i++) {
            window.add(use(GITHUB, "worker", i));
            window.add(use(other, "worker", i));
            window.add(use(GITHUB, "another worker", i));
        }

        assertThat(window.events()).hasSize(15);
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
