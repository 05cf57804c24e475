package io.flowmaestro.connections.local.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the matrix found: each is a sentence that says which request, and what was wrong with its answer. */
final class Findings {
    private final List<String> leaks = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final List<String> unproved = new ArrayList<>();
    private int compared;

    /** Counts a comparison, and keeps it where the two differ. */
    void compare(String what, Answer one, Answer other) {
        compared++;
        if (!one.equals(other)) {
            leaks.add(what + ":\n    " + one.summary() + "\n    " + other.summary());
        }
    }

    void leak(String what) {
        leaks.add(what);
    }

    void wrongRole(String what) {
        roles.add(what);
    }

    /** A request that did not get far enough to show anything. */
    void unproved(String what) {
        unproved.add(what);
    }

    int compared() {
        return compared;
    }

    List<String> leaks() {
        return leaks;
    }

    List<String> roles() {
        return roles;
    }

    List<String> unproved() {
        return unproved;
    }

    /** The worst first. */
    List<String> all() {
        return Stream.of(leaks, roles, unproved).flatMap(List::stream).toList();
    }
}
