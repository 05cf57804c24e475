package io.flowmaestro.connections.local.demo;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** Prints each step and what came back, and remembers the step that is under way. */
final class Transcript {
    private final PrintStream out;
    private int slices;
    private int steps;
    private String underWay = "start";

    Transcript(PrintStream out) {
        this.out = out;
    }

    void slice(String title) {
        slices++;
        steps = 0;
        out.println();
        out.println(slices + ". " + title);
    }

    /**
     * Does one step and hands its outcome to the steps that follow.
     *
     * @param shown makes what is printed of the outcome: every secret in it masked
     */
    <T> T step(String title, Supplier<T> work, Function<T, String> shown) {
        steps++;
        underWay = slices + "." + steps + " " + title;
        out.println("  " + underWay);
        T outcome = work.get();
        shown.apply(outcome).lines().forEach(line -> out.println("      " + line));
        return outcome;
    }

    String underWay() {
        return underWay;
    }
}
