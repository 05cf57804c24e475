package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Makes calls that were admitted. */
@Singleton
class RepeatedCalls {

    private final CallMetrics metrics;

    RepeatedCalls(CallMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Makes the call once, or a second time when the server could not be reached or broke the connection and says that the
     * tool may be called twice. Any other call is never repeated: it may have been carried out.
     */
    Uni<ObjectNode> make(Supplier<Uni<ObjectNode>> call, ToolAdmission.Admitted admitted) {
        return admitted.repeatable()
                ? call.get().onFailure(RepeatedCalls::gotNoAnswer).recoverWithUni(() -> {
                    metrics.repeated();
                    return call.get();
                })
                : call.get();
    }

    private static boolean gotNoAnswer(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == McpProblem.SERVER_UNREACHABLE;
    }
}
