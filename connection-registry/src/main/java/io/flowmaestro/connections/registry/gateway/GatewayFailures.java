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

/** Passes on what the gateway says about the MCP server and its settings; what it says about itself becomes a 503. */
final class GatewayFailures {

    private static final Logger LOG = Logger.getLogger(GatewayFailures.class);
    private static final Set<RegistryProblem> RELAYED = Set.of(
            RegistryProblem.SERVER_URL_NOT_ALLOWED,
            RegistryProblem.MCP_SERVER_FORBIDDEN,
            RegistryProblem.MCP_SERVER_BUSY,
            RegistryProblem.MCP_SERVER_FAILING,
            RegistryProblem.MCP_SERVER_UNREACHABLE,
            RegistryProblem.MCP_SERVER_UNAUTHORIZED,
            RegistryProblem.MCP_SCOPE_INSUFFICIENT,
            RegistryProblem.MCP_PROTOCOL_ERROR,
            RegistryProblem.MCP_SERVER_ERROR,
            RegistryProblem.MCP_SERVER_TIMEOUT,
            RegistryProblem.CONNECTION_NOT_ACTIVE,
            RegistryProblem.CONNECTION_NOT_FOUND);

    private GatewayFailures() {}

    static Throwable translate(Throwable failure) {
        if (failure instanceof ProblemException ours) {
            return ours;
        }
        return PeerProblem.of(failure).flatMap(GatewayFailures::known).orElseGet(() -> {
            LOG.warnf("mcp-gateway did not discover: %s", failure);
            return RegistryProblem.unavailable(
                    RegistryProblem.GATEWAY_UNAVAILABLE,
                    "The MCP gateway does not answer. Nothing was stored; try again shortly.");
        });
    }

    private static Optional<ProblemException> known(PeerProblem problem) {
        return RegistryProblem.VALIDATION_FAILED.code().equals(problem.code()) ? invalid(problem) : relayed(problem);
    }

    /** The gateway was sent the data alone, so its fields are those of the data. */
    private static Optional<ProblemException> invalid(PeerProblem problem) {
        List<PeerProblem.@Nullable Fault> faults = problem.violations() == null ? List.of() : problem.violations();
        List<Violation> violations =
                faults.stream().flatMap(fault -> ofData(fault).stream()).toList();
        return violations.isEmpty() ? Optional.empty() : Optional.of(RegistryProblem.invalid(violations));
    }

    private static Optional<Violation> ofData(PeerProblem.@Nullable Fault fault) {
        return fault == null || fault.field() == null || fault.message() == null
                ? Optional.empty()
                : Optional.of(new Violation("data." + fault.field(), fault.message()));
    }

    private static Optional<ProblemException> relayed(PeerProblem problem) {
        return RELAYED.stream()
                .filter(code -> code.code().equals(problem.code()))
                .map(code -> code == RegistryProblem.CONNECTION_NOT_FOUND
                        ? RegistryProblem.connectionNotFound()
                        : new ProblemException(code, problem.detail() == null ? code.title() : problem.detail()))
                .findFirst();
    }
}
