package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;

/**
 * What became of each record of a batch, in the order of the request.
 *
 * @param results for each what the single call answers, or {@link Failure}
 */
record BatchResponse(List<Object> results) {

    /** One record's problem; the others are not touched by it. */
    @RegisterForReflection
    record Failure(Reason error) {}

    @RegisterForReflection
    record Reason(String code, String detail) {
        static Reason of(ProblemException problem) {
            return new Reason(problem.code().code(), problem.detail());
        }
    }

    static <T> BatchResponse of(List<Outcome<T>> outcomes, Function<T, Object> answer) {
        return new BatchResponse(outcomes.stream()
                .map(outcome -> switch (outcome) {
                    case Outcome.Done<T> done -> answer.apply(done.value());
                    case Outcome.Failed<T> failed -> failure(failed.problem());
                })
                .toList());
    }

    private static Object failure(ProblemException problem) {
        return new Failure(Reason.of(problem));
    }
}
