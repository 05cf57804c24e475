package io.flowmaestro.connections.arguments;

import java.util.List;

/** What a check of arguments says. */
public sealed interface Verdict {

    record Fits() implements Verdict {}

    /** At least one misfit, and at most {@value Misfits#MOST}. */
    record Misfit(List<ArgumentMisfit> misfits) implements Verdict {}

    /** Nothing is said about the arguments, so nothing speaks against a call with them. */
    record Unchecked(Cause cause) implements Verdict {}

    enum Cause {
        /** The schema is none, or names something outside of itself. */
        BROKEN_SCHEMA,
        /** Schema, arguments or the work that they make are beyond the bounds. */
        TOO_COMPLEX
    }
}
