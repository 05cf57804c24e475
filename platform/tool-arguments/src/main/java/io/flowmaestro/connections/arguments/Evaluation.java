package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import java.util.Locale;
import java.util.Set;

/** One evaluation of a schema. Every keyword and every item that it comes to is a step of its budget. */
final class Evaluation extends ExecutionContext {

    /** For what the validator calls without its context. */
    private static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

    /** Under these a pattern that counts as matched could refuse what fits. */
    private static final Set<String> NOT_MONOTONE = Set.of("not", "if", "oneOf", "contains");

    /** Levels of keywords and items. */
    private static final int DEEPEST = 1_000;

    private static final ExecutionConfig CONFIG = ExecutionConfig.builder()
            .formatAssertionsEnabled(false)
            .locale(Locale.ROOT)
            .build();

    private final Budget budget;
    private int depth;

    private Evaluation(Budget budget) {
        super(CONFIG);
        this.budget = budget;
    }

    /** @throws BudgetSpent when it takes more than that */
    static Verdict of(Schema schema, JsonNode arguments, Budget budget) {
        var evaluation = new Evaluation(budget);
        try {
            var errors = ScopedValue.where(CURRENT, evaluation)
                    .call(() -> schema.validate(evaluation, arguments, OutputFormat.RESULT)
                            .getErrors());
            return errors.isEmpty() ? new Verdict.Fits() : new Verdict.Misfit(Misfits.of(errors));
        } catch (BudgetSpent spent) {
            throw spent;
        } catch (Undecidable | StackOverflowError beyond) {
            return new Verdict.Unchecked(Verdict.Cause.TOO_COMPLEX);
        } catch (RuntimeException broken) {
            // The validator's own complaints about schemas, and whatever else one makes it stumble over.
            return new Verdict.Unchecked(Verdict.Cause.BROKEN_SCHEMA);
        }
    }

    static Evaluation current() {
        return CURRENT.get();
    }

    Budget budget() {
        return budget;
    }

    /** @throws Undecidable when a pattern must not count as matched where the evaluation stands */
    boolean passOver() {
        var path = getEvaluationPath();
        int last = path.getNameCount() - 1;
        if (last < 0 || !"pattern".equals(path.getElement(last))) {
            throw new Undecidable();
        }
        for (int i = 0; i < last; i++) {
            if (path.getElement(i) instanceof String keyword && NOT_MONOTONE.contains(keyword)) {
                throw new Undecidable();
            }
        }
        return true;
    }

    @Override
    public void evaluationPathAddLast(String keyword) {
        enter();
        super.evaluationPathAddLast(keyword);
    }

    @Override
    public void evaluationPathAddLast(int index) {
        enter();
        super.evaluationPathAddLast(index);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
        super.evaluationPathRemoveLast();
    }

    /** Throws before anything is entered, so that leaving stays in step. */
    private void enter() {
        budget.step();
        if (depth >= DEEPEST) {
            throw new Undecidable();
        }
        depth++;
    }
}
