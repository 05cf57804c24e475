package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a test went.
 *
 * @param success whether the credential was seen to work
 * @param message for the user; says what to do, and never repeats what a provider said
 * @param metadata public facts that came along: {@code account}, {@code server_info}
 */
record TestResult(
        boolean success,
        TestOutcome outcome,
        String message,
        Instant testedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ObjectNode metadata) {

    static TestResult of(Finding finding, Instant at) {
        ObjectNode facts = finding.facts();
        return new TestResult(
                finding.outcome() == TestOutcome.PASSED,
                finding.outcome(),
                finding.message(),
                at,
                facts.isEmpty() ? null : facts);
    }
}
