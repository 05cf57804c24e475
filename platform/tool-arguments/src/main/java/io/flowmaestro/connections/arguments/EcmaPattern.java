package io.flowmaestro.connections.arguments;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a pattern of ECMA-262 (in Unicode mode, as JSON Schema wants it) so that RE2 and {@code java.util.regex} read it
 * alike. Groups lose their names, for nobody asks for what they took.
 */
final class EcmaPattern {

    /** Of counted repetitions within one another, multiplied: each engine unrolls them. */
    private static final long MOST_REPETITIONS = 1_000;

    private static final String ANY_BUT_LINE_ENDS = "[^\\n\\r\\x{2028}\\x{2029}]";

    private final PatternSource source;
    private final StringBuilder out = new StringBuilder();
    /** For each open group the most repetitions seen in it. */
    private final Deque<Long> groups = new ArrayDeque<>();

    private boolean looksAround;
    /** How often what was written last is repeated; zero when it cannot be repeated. */
    private long repeated;

    private EcmaPattern(String source) {
        this.source = new PatternSource(source);
        groups.push(1L);
    }

    /** @param looksAround whether it needs more than a linear engine has */
    record Translated(String pattern, boolean looksAround) {}

    /** Neither engine has it, or it is no pattern. */
    static final class Inexpressible extends RuntimeException {
        Inexpressible() {
            super("the pattern cannot be expressed", null, false, false);
        }
    }

    /** @throws Inexpressible when it cannot be written so */
    static Translated translate(String source) {
        var pattern = new EcmaPattern(source);
        while (!pattern.source.atEnd()) {
            pattern.next();
        }
        require(pattern.groups.size() == 1);
        return new Translated(pattern.out.toString(), pattern.looksAround);
    }

    private void next() {
        char character = source.take();
        switch (character) {
            case '\\' -> atom(source.at('b', 'B') ? "\\" + source.take() : Escape.outsideOfClass(source));
            case '[' -> atom(CharacterClass.rest(source));
            case '(' -> open();
            case ')' -> close();
            case '.' -> atom(ANY_BUT_LINE_ENDS);
            case '^' -> unrepeatable("^");
            // In Java a dollar sign matches before a last line end too.
            case '$' -> unrepeatable("\\z");
            case '|' -> unrepeatable("|");
            case '*', '+', '?' -> repeat(String.valueOf(character), 1);
            case '{' -> counted();
            case ']', '}' -> atom("\\" + character);
            default -> atom(Escape.literal(character));
        }
    }

    private void atom(String written) {
        out.append(written);
        repeated = 1;
    }

    private void unrepeatable(String written) {
        out.append(written);
        repeated = 0;
    }

    private void open() {
        if (source.skip("?:")) {
            out.append("(?:");
        } else if (source.skip("?=") || source.skip("?!") || source.skip("?<=") || source.skip("?<!")) {
            looksAround = true;
            out.append('(').append(source.lastSkipped());
        } else if (source.skip("?<")) {
            source.skipPast('>');
            out.append('(');
        } else {
            require(!source.at('?'));
            out.append('(');
        }
        groups.push(1L);
        repeated = 0;
    }

    private void close() {
        long inside = groups.pop();
        require(!groups.isEmpty());
        out.append(')');
        repeated = inside;
        groups.push(Math.max(groups.pop(), inside));
    }

    private void counted() {
        var count = source.takeCount();
        if (count.isEmpty()) {
            atom("\\{");
            return;
        }
        repeat(count.get().written(), Math.max(1, count.get().most()));
    }

    /** A repetition may be lazy, and cannot be repeated itself. */
    private void repeat(String written, long times) {
        require(repeated > 0);
        long all = Math.multiplyExact(repeated, times);
        require(all <= MOST_REPETITIONS);
        groups.push(Math.max(groups.pop(), all));
        out.append(written);
        if (source.skip("?")) {
            out.append('?');
        }
        repeated = 0;
    }

    static void require(boolean expressible) {
        if (!expressible) {
            throw new Inexpressible();
        }
    }
}
