package io.flowmaestro.connections.emulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Everything in requests that is not as the facts have it. Expected values are shown, secrets are the test's own. */
final class Complaints {

    private final List<String> all = new CopyOnWriteArrayList<>();

    List<String> all() {
        return List.copyOf(all);
    }

    void add(String complaint) {
        all.add(complaint);
    }

    void unless(boolean right, String complaint) {
        if (!right) {
            add(complaint);
        }
    }

    void same(String what, @Nullable String expected, @Nullable String seen) {
        unless(Objects.equals(expected, seen), what + ": expected " + expected + ", seen " + seen);
    }

    /** Exactly these parameters, with these values. */
    void exactly(String what, Map<String, String> expected, Map<String, String> seen) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(seen.keySet());
        names.forEach(name -> same(what + " " + name, expected.get(name), seen.get(name)));
    }
}
