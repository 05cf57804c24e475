package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.ConnectionRepository.Change;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.tool.ToolChanges;
import io.flowmaestro.connections.registry.tool.ToolPolicy;
import io.flowmaestro.connections.registry.tool.ToolPolicyRequest;
import io.flowmaestro.connections.registry.tool.ToolReview;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What MCP servers offer, and what their owners let be called of it. */
@ApplicationScoped
public class ToolService {

    private final ConnectionReads reads;
    private final ToolReads tools;
    private final ConnectionRepository repository;
    private final ToolStore store;
    private final ToolDiscovery discovery;
    private final Clock clock;

    ToolService(
            ConnectionReads reads,
            ToolReads tools,
            ConnectionRepository repository,
            ToolStore store,
            ToolDiscovery discovery,
            Clock clock) {
        this.reads = reads;
        this.tools = tools;
        this.repository = repository;
        this.store = store;
        this.discovery = discovery;
        this.clock = clock;
    }

    Uni<ToolReads.Tools> get(UUID user, UUID id) {
        return tools.require(user, id).invoke(found -> requireMcp(found.method()));
    }

    /**
     * What a server offers is no edit of the user's: the version stays. An edit meanwhile may have put another server in the
     * place of the one that was asked; then nothing is kept.
     */
    Uni<Connection> refresh(Caller caller, UUID id) {
        return reads.require(caller.subject(), id)
                .invoke(connection -> requireMcp(connection.connectionMethod()))
                .chain(before -> discovery
                        .rediscover(caller.subject(), id)
                        .chain(discovered -> repository.changeLive(
                                caller,
                                id,
                                connection -> connection.version == before.version()
                                        ? taken(connection, discovered)
                                        : List.of())))
                .chain(() -> reads.require(caller.subject(), id));
    }

    private List<Change> taken(ConnectionEntity connection, ToolDiscovery.Discovered discovered) {
        var changes = connection.take(discovered, now());
        var count = Map.<String, Object>of("tools", discovered.tools().size());
        return with(new Change(EventType.TOOLS_REFRESHED, count), changes);
    }

    /**
     * Keeps what a test of the connection has seen, unless it was edited meanwhile.
     *
     * @param version that it had when the test began
     */
    public Uni<Void> keep(Caller by, UUID id, long version, ToolDiscovery.Discovered discovered) {
        return store.keep(by, id, version, discovered, now());
    }

    /** What happened, and what it brought to light about the tools. */
    static List<Change> with(Change first, ToolChanges changes) {
        var all = new ArrayList<Change>();
        all.add(first);
        all.addAll(changed(changes));
        return all;
    }

    private static List<Change> changed(ToolChanges changes) {
        return changes.isEmpty() ? List.of() : List.of(new Change(EventType.TOOLS_CHANGED, changes.details()));
    }

    /** Decides under the lock of the row, so that nobody approves what has just been replaced. */
    Uni<ToolReads.Tools> decide(Caller caller, UUID id, IfMatch ifMatch, @Nullable JsonNode body) {
        return get(caller.subject(), id)
                .map(found -> ToolPolicyRequest.read(body))
                .chain(request -> repository.changeLive(caller, id, connection -> {
                    ifMatch.require(connection.version);
                    return decide(connection, request);
                }))
                .chain(() -> get(caller.subject(), id));
    }

    private static List<Change> decide(ConnectionEntity connection, ToolPolicyRequest request) {
        var before = connection.review();
        requireCurrent(before, request.approvals());
        var policy = request.applied(before.policy());
        var changes = new ArrayList<Change>();
        if (!policy.equals(before.policy())) {
            changes.add(new Change(EventType.UPDATED, Map.of("fields", fields(before.policy(), policy))));
        }
        if (!request.approvals().isEmpty()) {
            var names =
                    request.approvals().stream().map(ToolReview.Approval::name).toList();
            changes.add(new Change(EventType.TOOLS_APPROVED, ToolChanges.named("tools", names)));
        }
        if (!changes.isEmpty()) {
            connection.keep(before.approve(request.approvals()).with(policy));
            connection.version++;
        }
        return changes;
    }

    private static List<String> fields(ToolPolicy before, ToolPolicy after) {
        var fields = new ArrayList<String>();
        if (before.requireApproval() != after.requireApproval()) {
            fields.add("tool_policy.require_approval");
        }
        if (!Objects.equals(before.allowedTools(), after.allowedTools())) {
            fields.add("tool_policy.allowed_tools");
        }
        return fields;
    }

    private static void requireCurrent(ToolReview review, List<ToolReview.Approval> approvals) {
        var stale = review.stale(approvals);
        if (!stale.isEmpty()) {
            throw new ProblemException(
                            RegistryProblem.TOOL_CHANGED,
                            "What was to be approved is no longer what the server says about the tools named in tools."
                                    + " Read GET /api/connections/{id}/tools again, and approve what it shows now.")
                    .with("tools", stale);
        }
    }

    private static void requireMcp(ConnectionMethod method) {
        if (method != ConnectionMethod.MCP) {
            throw new ProblemException(
                    RegistryProblem.CONNECTION_NOT_MCP, "Only connections of method mcp have tools.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
