package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every tool call goes through, whichever way it came: the checks before it, and the report of it. */
@Singleton
public class ToolCalls {

    private static final int LONGEST_NAME = 256;

    private final CallRates rates;
    private final McpConnections connections;
    private final ToolAdmission admission;
    private final CallGuards guards;
    private final RepeatedCalls repeated;
    private final McpClient client;
    private final ToolUsage usage;

    ToolCalls(
            CallRates rates,
            McpConnections connections,
            ToolAdmission admission,
            CallGuards guards,
            RepeatedCalls repeated,
            McpClient client,
            ToolUsage usage) {
        this.rates = rates;
        this.connections = connections;
        this.admission = admission;
        this.guards = guards;
        this.repeated = repeated;
        this.client = client;
        this.usage = usage;
    }

    /** For callers who speak MCP themselves: the call's params as they came, and the server's errors as they are. */
    public Uni<ObjectNode> relay(Caller caller, UUID connection, Call call) {
        var written = call.params().path("arguments");
        if (!written.isObject() && !written.isMissingNode() && !written.isNull()) {
            return Uni.createFrom().failure(noObject());
        }
        var arguments = written instanceof ObjectNode given ? given : McpJson.object();
        return make(
                caller,
                connection,
                call.params().path("name").textValue(),
                arguments,
                call.listener(),
                open -> client.request(open.session(), open.server(), call));
    }

    /** Fails with what keeps the tool from being called, or with why no result came. */
    Uni<ObjectNode> make(
            Caller caller,
            UUID connection,
            @Nullable String tool,
            ObjectNode arguments,
            Listener listener,
            Function<McpConnection, Uni<ObjectNode>> call) {
        if (tool == null || !isName(tool)) {
            return Uni.createFrom().failure(invalidName());
        }
        if (McpJson.isDeeperThan(McpJson.DEEPEST, arguments)) {
            return Uni.createFrom().failure(tooDeep());
        }
        return Uni.createFrom().deferred(() -> {
            var begun = begin(caller, connection, tool);
            return begun.over(
                    connections.open(caller.subject(), connection),
                    open -> guarded(open, tool, arguments, listener, call));
        });
    }

    private ToolUsage.Begun begin(Caller caller, UUID connection, String tool) {
        rates.require(caller);
        return usage.begin(caller, connection, tool);
    }

    private Uni<ObjectNode> guarded(
            McpConnection open,
            String tool,
            ObjectNode arguments,
            Listener listener,
            Function<McpConnection, Uni<ObjectNode>> call) {
        return guards.guarded(
                open.session(),
                () -> admission
                        .admit(open, tool, arguments, listener)
                        .chain(admitted -> repeated.make(() -> call.apply(open), admitted)));
    }

    /** Names without a visible form are no tool's, and cannot be stored in a report. */
    private static boolean isName(String tool) {
        return !tool.isBlank() && tool.length() <= LONGEST_NAME && isPrintable(tool);
    }

    /** A loop, as every call comes through here. Half a pair is of the type of surrogates, a whole one of its own. */
    private static boolean isPrintable(String tool) {
        for (int at = 0; at < tool.length(); at += Character.charCount(tool.codePointAt(at))) {
            int type = Character.getType(tool.codePointAt(at));
            if (type == Character.CONTROL || type == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private static ProblemException invalidName() {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "Name the tool to call.")
                .with(List.of(new Violation(
                        "tool", "must be 1 to " + LONGEST_NAME + " characters, none of them a control character")));
    }

    private static ProblemException noObject() {
        return new ProblemException(
                        FrameworkProblem.VALIDATION_FAILED, "The arguments of a tool call must be an object.")
                .with(List.of(new Violation("arguments", "must be an object")));
    }

    private static ProblemException tooDeep() {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The parameters are nested too deeply.")
                .with(List.of(new Violation(
                        "parameters", "must have at most " + McpJson.DEEPEST + " levels of objects and arrays")));
    }
}
