package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.MirroredValue;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a tool may be called with these arguments, by what its owner decided and its server says about it. */
@Singleton
class ToolAdmission {

    /** As long as a session lasts; a change of the server's that matters to a call is noticed when it would be refused. */
    private static final Duration USUAL = Duration.ofMinutes(10);

    /** Where approval is required, a change is noticed so soon. */
    private static final Duration WATCHED = Duration.ofSeconds(60);

    /** Nothing is refused by a list that is older. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private static final Set<McpProblem> BY_THE_LIST = Set.of(
            McpProblem.TOOL_ARGUMENTS_INVALID,
            McpProblem.TOOL_CHANGED,
            McpProblem.TOOL_NOT_FOUND,
            McpProblem.HEADER_MISMATCH);

    private final McpClient client;
    private final ToolDefinitions definitions;
    private final ArgumentGate arguments;

    ToolAdmission(McpClient client, ToolDefinitions definitions, ArgumentGate arguments) {
        this.client = client;
        this.definitions = definitions;
        this.arguments = arguments;
    }

    /** @param repeatable whether the call may be made a second time when the first got no answer */
    record Admitted(boolean repeatable) {}

    /**
     * Fails with the problem that says what speaks against the call, or with that of reading the server's list. A tool that
     * is not listed is left to the client to name unknown, unless it would have to be approved.
     */
    Uni<Admitted> admit(McpConnection open, String tool, ObjectNode given, Listener caller) {
        var within = open.toolPolicy().requireApproval() ? WATCHED : USUAL;
        return Uni.createFrom().deferred(() -> {
            PolicyGate.requireAllowed(open, tool);
            return admit(open, tool, given, caller, within)
                    .onFailure(ToolAdmission::isByTheList)
                    .recoverWithUni(() -> admit(open, tool, given, caller, YOUNG));
        });
    }

    private Uni<Admitted> admit(McpConnection open, String tool, ObjectNode given, Listener caller, Duration within) {
        return definitions.of(open, within).chain(listed -> admit(open, tool, given, caller, listed));
    }

    private Uni<Admitted> admit(
            McpConnection open, String tool, ObjectNode given, Listener caller, ListedTools listed) {
        var definition = listed.find(tool);
        if (definition.isEmpty()) {
            return open.toolPolicy().requireApproval()
                    ? refused(open, tool, caller)
                    : Uni.createFrom().item(new Admitted(false));
        }
        PolicyGate.requireApproved(open, tool, definition.get());
        requireMirrored(definition.get().mirrored().values(given), caller);
        return arguments
                .require(definition.get(), given)
                .replaceWith(() -> new Admitted(definition.get().repeatable()));
    }

    /** A tool that is not on the list cannot have been approved, whether or not a client like the caller is offered it. */
    private Uni<Admitted> refused(McpConnection open, String tool, Listener caller) {
        return caller.capabilities().isEmpty()
                ? Uni.createFrom().failure(PolicyGate.notListed(tool))
                : client.requireTool(open.session(), open.server(), tool, caller)
                        .chain(() -> Uni.createFrom().failure(PolicyGate.offeredToSome(tool)));
    }

    private static void requireMirrored(List<MirroredValue> values, Listener caller) {
        if (!caller.mirrors(values)) {
            var headers = values.stream().map(MirroredValue::header).sorted().collect(Collectors.joining(", "));
            throw new ProblemException(
                    McpProblem.HEADER_MISMATCH,
                    "The tool's parameters are mirrored in headers, which must be there once each and say what the body"
                            + " says: " + headers + ". The tool was not called; list the tools again if this is news.");
        }
    }

    private static boolean isByTheList(Throwable failure) {
        return failure instanceof ProblemException problem && BY_THE_LIST.contains(problem.code());
    }
}
