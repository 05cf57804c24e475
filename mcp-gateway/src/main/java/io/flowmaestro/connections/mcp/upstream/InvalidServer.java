package io.flowmaestro.connections.mcp.upstream;

import io.flowmaestro.connections.http.Violation;
import java.util.List;

/** A server form that cannot be used, with everything that is wrong with it. */
public final class InvalidServer extends RuntimeException {

    private final transient List<Violation> violations;

    InvalidServer(List<Violation> violations) {
        super("The MCP server's settings are not valid");
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
