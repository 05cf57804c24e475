package io.flowmaestro.connections.egress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many exchanges may be under way with one host, whichever event loop each of them is on, and how many more may wait for
 * that. First come, first served; but of one owner no more than half of the places are taken or in line. What is beyond
 * that, half of those that may wait at most, stands where it is in nobody else's way.
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
        FULL,
        /** The owner has as many as one may have; another's may still enter. */
        OWNER_FULL
    }

    /** One exchange's place, which it may take once. */
    final class Place {
        private final String host;
        private final @Nullable Object owner;
        private Runnable granted = () -> {};

        private Place(String host, @Nullable Object owner) {
            this.host = host;
            this.owner = owner;
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

    /** @param owner null for nobody's, which are bounded by the host's places alone */
    Place at(VettedTarget target, @Nullable Object owner) {
        return new Place(target.endpoint(), owner);
    }

    synchronized boolean isEmpty() {
        return hosts.isEmpty();
    }

    private synchronized Entry enter(Place place) {
        return hosts.computeIfAbsent(place.host, _ -> new Host()).enter(place);
    }

    private void leave(Place place) {
        next(place).run();
    }

    private synchronized Runnable next(Place place) {
        var host = hosts.get(place.host);
        if (host == null) {
            return () -> {};
        }
        var granted = host.leave(place);
        if (host.taken.isEmpty()) {
            hosts.remove(place.host);
        }
        return granted;
    }

    /** What one owner has at a host. */
    private static final class Share {
        /** Places that are taken, and those in the common line. */
        private int entered;
        /** Beyond half of the host's places: the next of them gets into line when one of the owner's leaves. */
        private final LinkedHashSet<Place> beyond = new LinkedHashSet<>();
    }

    /** While anybody is in line all places are taken; while anything of an owner's is beyond its half, that half has entered. */
    private final class Host {
        private final Set<Place> taken = new HashSet<>();
        private final LinkedHashSet<Place> line = new LinkedHashSet<>();
        private final Map<Object, Share> shares = new HashMap<>();
        private int beyond;

        private Entry enter(Place place) {
            var owner = place.owner;
            if (owner == null) {
                return lineUp(place);
            }
            var share = shares.get(owner);
            if (share != null && share.entered >= Math.max(1, most / 2)) {
                return waitBeyond(place, share);
            }
            var entry = lineUp(place);
            if (entry != Entry.FULL) {
                shares.computeIfAbsent(owner, _ -> new Share()).entered++;
            }
            return entry;
        }

        private Entry lineUp(Place place) {
            if (taken.size() < most) {
                taken.add(place);
                return Entry.TAKEN;
            }
            if (line.size() < mayWait) {
                line.add(place);
                return Entry.WAITING;
            }
            return Entry.FULL;
        }

        private Entry waitBeyond(Place place, Share share) {
            if (share.beyond.size() >= mayWait / 2) {
                return Entry.OWNER_FULL;
            }
            if (beyond >= mayWait) {
                return Entry.FULL;
            }
            share.beyond.add(place);
            beyond++;
            return Entry.WAITING;
        }

        /** What tells the next one that it has a place now. */
        private Runnable leave(Place place) {
            var owner = place.owner;
            var share = owner == null ? null : shares.get(owner);
            if (share != null && share.beyond.remove(place)) {
                beyond--;
                return () -> {};
            }
            if (!line.remove(place) && !taken.remove(place)) {
                return () -> {};
            }
            if (owner != null && share != null) {
                follow(owner, share);
            }
            if (line.isEmpty() || taken.size() >= most) {
                return () -> {};
            }
            var next = line.removeFirst();
            taken.add(next);
            return next.granted;
        }

        /** One of the owner's that had entered is gone. */
        private void follow(Object owner, Share share) {
            if (!share.beyond.isEmpty()) {
                line.add(share.beyond.removeFirst());
                beyond--;
            } else if (--share.entered == 0) {
                shares.remove(owner);
            }
        }
    }
}
