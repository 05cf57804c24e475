package io.flowmaestro.connections.registry.gateway;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.peer.PeerProblem;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what the gateway says about the connection, the MCP server and its settings; what it says about itself becomes a
 * 503.
 */
final class GatewayFailures {

    private static final Logger LOG = Logger.getLogger(GatewayFailures.class);
    private static final Set<RegistryProblem> RELAYED = Set.of(
            RegistryProblem.SERVER_URL_NOT_ALLOWED,
            RegistryProblem.MCP_SERVER_FORBIDDEN,
            RegistryProblem.MCP_SERVER_BUSY,
            RegistryProblem.TOO_MANY_REQUESTS,
            RegistryProblem.MCP_SERVER_FAILING,
            RegistryProblem.MCP_SERVER_UNREACHABLE,
            RegistryProblem.MCP_SERVER_UNAUTHORIZED,
            RegistryProblem.MCP_SCOPE_INSUFFICIENT,
            RegistryProblem.MCP_PROTOCOL_ERROR,
            RegistryProblem.MCP_SERVER_ERROR,
            RegistryProblem.MCP_SERVER_TIMEOUT,
            RegistryProblem.CONNECTION_NOT_ACTIVE,
            RegistryProblem.CREDENTIAL_UNREADABLE);
    /** What the gateway calls a connection of another method. */
    private static final String NOT_AN_MCP_CONNECTION = "not-an-mcp-connection";

    private GatewayFailures() {}

    static Throwable translate(Throwable failure) {
        if (failure instanceof ProblemException ours) {
            return ours;
        }
        return PeerProblem.of(failure)
                .flatMap(GatewayFailures::known)
                .map(known -> timed(known, failure))
                .orElseGet(() -> unavailable(failure));
    }

    /** A server may have said when it wants to be asked again. */
    private static ProblemException timed(ProblemException known, Throwable failure) {
        return PeerProblem.retryAfter(failure).map(known::retryAfter).orElse(known);
    }

    private static ProblemException unavailable(Throwable failure) {
        LOG.warnf("mcp-gateway did not discover: %s", failure);
        return RegistryProblem.unavailable(
                RegistryProblem.GATEWAY_UNAVAILABLE,
                "The MCP gateway does not answer. Nothing was stored; try again shortly.");
    }

    private static Optional<ProblemException> known(PeerProblem problem) {
        return switch (String.valueOf(problem.code())) {
            case "validation-failed" -> invalid(problem);
            case "connection-not-usable" -> Optional.of(unusable(problem));
            case "connection-not-found" -> Optional.of(RegistryProblem.connectionNotFound());
            case NOT_AN_MCP_CONNECTION ->
                Optional.of(new ProblemException(
                        RegistryProblem.CONNECTION_NOT_MCP, detail(problem, RegistryProblem.CONNECTION_NOT_MCP)));
            default -> relayed(problem);
        };
    }

    /** The gateway was sent the data alone, so its fields are those of the data. */
    private static Optional<ProblemException> invalid(PeerProblem problem) {
        var violations = violations(problem);
        return violations.isEmpty() ? Optional.empty() : Optional.of(RegistryProblem.invalid(violations));
    }

    /** A connection whose data was stored, or imported, when the rules were others. */
    private static ProblemException unusable(PeerProblem problem) {
        var violations = violations(problem);
        String detail = violations.isEmpty()
                ? detail(problem, RegistryProblem.CONNECTION_NOT_USABLE)
                : "What is stored of the connection cannot be used as it is. Save its data anew.";
        return new ProblemException(RegistryProblem.CONNECTION_NOT_USABLE, detail).with(violations);
    }

    private static List<Violation> violations(PeerProblem problem) {
        List<PeerProblem.@Nullable Fault> faults = problem.violations() == null ? List.of() : problem.violations();
        return faults.stream().flatMap(fault -> ofData(fault).stream()).toList();
    }

    private static Optional<Violation> ofData(PeerProblem.@Nullable Fault fault) {
        return fault == null || fault.field() == null || fault.message() == null
                ? Optional.empty()
                : Optional.of(new Violation("data." + fault.field(), fault.message()));
    }

    private static Optional<ProblemException> relayed(PeerProblem problem) {
        return RELAYED.stream()
                .filter(code -> code.code().equals(problem.code()))
                .map(code -> new ProblemException(code, detail(problem, code)))
                .map(told -> problem.scopes() == null ? told : told.with("scopes", problem.scopes()))
                .findFirst();
    }

    private static String detail(PeerProblem problem, RegistryProblem code) {
        return problem.detail() == null ? code.title() : problem.detail();
    }
}
