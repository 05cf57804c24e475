package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.connection.ToolDiscovery;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.verification.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a test found out, with the public facts that came along.
 *
 * @param generation of the credential that was tested; null for the one that was there when the test began
 * @param discovered what an MCP server offers, which came along
 */
record Finding(
        TestOutcome outcome,
        String message,
        ObjectNode facts,
        @Nullable Long generation,
        ToolDiscovery.@Nullable Discovered discovered) {

    /** The same, about a credential of this generation. */
    Finding about(long tested) {
        return new Finding(outcome, message, facts, tested, discovered);
    }

    /** The same, with what the server offers. */
    Finding with(ToolDiscovery.Discovered offered) {
        return new Finding(outcome, message, facts, generation, offered);
    }

    static Finding of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> passed(accepted.message(), "account", accepted.accountInfo());
            case Verdict.Rejected rejected -> without(TestOutcome.FAILED, rejected.message());
            case Verdict.Inconclusive inconclusive -> without(TestOutcome.INCONCLUSIVE, inconclusive.message());
            case Verdict.Untestable untestable -> without(TestOutcome.UNTESTABLE, untestable.message());
        };
    }

    /** What a server says about itself must not end in a database error. */
    static Finding passed(String message, String name, JsonNode fact) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        if (!fact.isEmpty() && !StorableText.isUnstorable(fact)) {
            facts.set(name, fact);
        }
        return new Finding(TestOutcome.PASSED, message, facts, null, null);
    }

    static Finding without(TestOutcome outcome, String message) {
        return new Finding(outcome, message, JsonNodeFactory.instance.objectNode(), null, null);
    }

    /** A refusal is about the credential; every other failure says nothing about it. */
    static Finding of(ProblemException problem) {
        boolean refused = problem.code() == RegistryProblem.MCP_SERVER_UNAUTHORIZED
                || problem.code() == RegistryProblem.CONNECTION_NOT_ACTIVE;
        return without(refused ? TestOutcome.FAILED : TestOutcome.INCONCLUSIVE, problem.detail());
    }

    /** The account alone is kept with the connection. */
    ObjectNode account() {
        return facts.get("account") instanceof ObjectNode account ? account : JsonNodeFactory.instance.objectNode();
    }
}
