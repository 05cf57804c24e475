package io.flowmaestro.connections.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs work at once, and delayed work when the test lets time pass. */
final class ManualLoop implements Loop {

    private record Due(Duration at, Runnable work) {}

    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean timeFlies;

    @Override
    public void run(Runnable work) {
        work.run();
    }

    @Override
    public void runIn(Duration delay, Runnable work) {
        if (timeFlies) {
            work.run();
            return;
        }
        waiting.add(new Due(now.plus(delay), work));
    }

    void pass(Duration time) {
        var end = now.plus(time);
        for (var next = next(end); next != null; next = next(end)) {
            waiting.remove(next);
            now = next.at();
            next.work().run();
        }
        now = end;
    }

    /** From now on every delay is over at once. */
    void letTimeFly() {
        timeFlies = true;
    }

    Duration now() {
        return now;
    }

    private Due next(Duration end) {
        return waiting.stream()
                .filter(due -> due.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
    }
}
