package io.flowmaestro.connections.egress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many exchanges may be under way with one host, whichever event loop each of them is on, and how many more may wait for
 * that. First come, first served.
 */
final class Places {

    private final int most;
    private final int mayWait;
    private final Map<String, Host> hosts = new HashMap<>();

    Places(int most, int mayWait) {
        this.most = most;
        this.mayWait = mayWait;
    }

    enum Entry {
        TAKEN,
        WAITING,
        FULL
    }

    private record Host(Set<Place> taken, LinkedHashSet<Place> waiting) {}

    /** One exchange's place, which it may take once. */
    final class Place {
        private final String host;
        private Runnable granted = () -> {};

        private Place(String host) {
            this.host = host;
        }

        /** @param later is called when the place is granted after a wait, by the thread of whoever left his */
        Entry enter(Runnable later) {
            granted = later;
            return Places.this.enter(this);
        }

        /** Gives the place, or the wait for it, to the next one. Safe to repeat. */
        void leave() {
            Places.this.leave(this);
        }
    }

    Place at(VettedTarget target) {
        return new Place(target.origin() + "@" + target.address().getHostAddress());
    }

    synchronized boolean isEmpty() {
        return hosts.isEmpty();
    }

    private synchronized Entry enter(Place place) {
        var host = hosts.computeIfAbsent(place.host, _ -> new Host(new HashSet<>(), new LinkedHashSet<>()));
        if (host.taken.size() < most) {
            host.taken.add(place);
            return Entry.TAKEN;
        }
        if (host.waiting.size() < mayWait) {
            host.waiting.add(place);
            return Entry.WAITING;
        }
        return Entry.FULL;
    }

    private void leave(Place place) {
        next(place).run();
    }

    private synchronized Runnable next(Place place) {
        var host = hosts.get(place.host);
        if (host == null || host.waiting.remove(place) || !host.taken.remove(place)) {
            return () -> {};
        }
        if (host.waiting.isEmpty()) {
            if (host.taken.isEmpty()) {
                hosts.remove(place.host);
            }
            return () -> {};
        }
        var next = host.waiting.removeFirst();
        host.taken.add(next);
        return next.granted;
    }
}
