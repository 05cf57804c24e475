package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The check of one tool's arguments. Nothing is ever fetched for it, and it ends in bounded time. */
public final class ArgumentCheck {

    /** The longest that a whole check takes. */
    public static final Duration LONGEST = Duration.ofMillis(100);

    private static final int MOST_STEPS = 200_000;
    private static final Duration A_MOMENT = Duration.ofMillis(2);
    private static final int STEPS_OF_A_MOMENT = 5_000;

    static final ArgumentCheck TOO_LARGE = without(Verdict.Cause.TOO_COMPLEX);
    private static final ArgumentCheck BROKEN = without(Verdict.Cause.BROKEN_SCHEMA);

    private final @Nullable Schema schema;
    private final Verdict.Cause withoutSchema;
    private final Extent bounds;
    /** The first check makes what all later ones use, which takes longer. */
    private volatile boolean warm;

    private ArgumentCheck(@Nullable Schema schema, Verdict.Cause withoutSchema, Extent bounds) {
        this.schema = schema;
        this.withoutSchema = withoutSchema;
        this.bounds = bounds;
    }

    static ArgumentCheck of(JsonNode inputSchema) {
        try {
            var compares = !inputSchema.findValues("uniqueItems").isEmpty();
            return new ArgumentCheck(
                    Dialects.read(inputSchema),
                    Verdict.Cause.BROKEN_SCHEMA,
                    compares ? Extent.ARGUMENTS_COMPARED : Extent.ARGUMENTS);
        } catch (RuntimeException broken) {
            return BROKEN;
        }
    }

    private static ArgumentCheck without(Verdict.Cause cause) {
        return new ArgumentCheck(null, cause, Extent.ARGUMENTS);
    }

    /** The verdict if it is found within a moment, so that an event loop may ask. Empty when {@link #check} has to say. */
    public Optional<Verdict> checkInAMoment(JsonNode arguments) {
        if (schema == null) {
            return Optional.of(new Verdict.Unchecked(withoutSchema));
        }
        if (!warm || !Extent.of(arguments).within(Extent.A_MOMENT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Evaluation.of(schema, arguments, new Budget(STEPS_OF_A_MOMENT, A_MOMENT)));
        } catch (BudgetSpent longer) {
            return Optional.empty();
        }
    }

    /** The verdict, after {@link #LONGEST} at most; for a thread that may be held so long. Never fails. */
    public Verdict check(JsonNode arguments) {
        if (schema == null) {
            return new Verdict.Unchecked(withoutSchema);
        }
        if (!Extent.of(arguments).within(bounds)) {
            return new Verdict.Unchecked(Verdict.Cause.TOO_COMPLEX);
        }
        try {
            var verdict = Evaluation.of(schema, arguments, new Budget(MOST_STEPS, LONGEST));
            warm = true;
            return verdict;
        } catch (BudgetSpent tooMuch) {
            return new Verdict.Unchecked(Verdict.Cause.TOO_COMPLEX);
        }
    }
}
