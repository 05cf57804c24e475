package io.flowmaestro.connections.proof;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One proof under way: its size, its chance, and the figures that it prints as one line. */
public final class Proof {

    static final String ROUNDS = "proof.rounds";
    static final String SEED = "proof.seed";
    private static final int FULL = 100;

    private final String name;
    private final int rounds = Integer.getInteger(ROUNDS, 1);
    private final long seed = Long.getLong(SEED, System.nanoTime());
    private final long began = System.nanoTime();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private Proof(String name) {
        this.name = name;
        if (rounds < 1) {
            throw new IllegalArgumentException(ROUNDS + " must be 1 or more, not " + rounds);
        }
    }

    /**
     * Begins a proof.
     *
     * @param name what is proved, e.g. {@code vault.nonces}
     */
    public static Proof of(String name) {
        return new Proof(name);
    }

    /** Whether somebody asked for the proofs, so that nothing may be left out; else this is a round in the test suite. */
    public static boolean isDemanded() {
        return System.getProperty(ROUNDS) != null;
    }

    /** 1 in the test suite; 100 are the full size. */
    public int rounds() {
        return rounds;
    }

    /** How many of something that is done {@code full} times in 100 rounds, and {@code least} times whatever the rounds. */
    public int times(int full, int least) {
        return Math.max(least, Math.toIntExact((long) full * rounds / FULL));
    }

    /** What is by chance but for keys and nonces, and the same again for the same seed. */
    public RandomGenerator random() {
        return new Random(seed);
    }

    public synchronized Proof figure(String what, Object value) {
        figures.put(what, value);
        return this;
    }

    /** One line on standard output. Comes before the assertions, so that a failed proof has its figures too. */
    public void print() {
        System.out.println(line());
    }

    synchronized String line() {
        var seconds = String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(
                        ", ",
                        "proof " + name + ": ",
                        ", rounds=" + rounds + ", seconds=" + seconds + ", seed=" + seed));
    }
}
