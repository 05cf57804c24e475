package io.flowmaestro.connections.vault.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers that wait for the next statement, bounded by their events. Any thread may join; one takes. */
final class WaitingLine {

    /** With these waiting, the database is slower than the callers, and more would only wait longer. */
    static final int MOST_EVENTS = 10_000;

    private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger events = new AtomicInteger();

    /** Says whether there was room. */
    boolean join(Waiting waiting) {
        if (events.addAndGet(waiting.size()) > MOST_EVENTS) {
            events.addAndGet(-waiting.size());
            return false;
        }
        line.add(waiting);
        return true;
    }

    /** The next callers with {@code most} events at most between them, in the order they came; empty if nobody waits. */
    List<Waiting> take(int most) {
        var taken = new ArrayList<Waiting>();
        var size = 0;
        for (var next = line.peek(); next != null && size + next.size() <= most; next = line.peek()) {
            line.remove();
            events.addAndGet(-next.size());
            if (!next.isGone()) {
                taken.add(next);
                size += next.size();
            }
        }
        return taken;
    }

    int events() {
        return events.get();
    }
}
