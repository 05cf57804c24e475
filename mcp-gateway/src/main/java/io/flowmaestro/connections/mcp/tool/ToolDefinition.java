package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.arguments.ArgumentCheck;
import io.flowmaestro.connections.arguments.ArgumentChecks;
import io.flowmaestro.connections.mcp.mirror.MirroredParameters;
import io.flowmaestro.connections.toolhash.ToolHash;
import java.util.List;

/**
 * What a call needs to know of a tool, from its server's definition.
 *
 * @param hash by which the definition is approved
 * @param repeatable whether a second call does no more than one, as the server says
 * @param mirrored which parameters go into headers, too; none when the server's annotations break the rules
 */
record ToolDefinition(ArgumentCheck arguments, String hash, boolean repeatable, MirroredParameters mirrored) {

    private static final MirroredParameters NONE = new MirroredParameters(List.of());

    static ToolDefinition of(ObjectNode definition, ArgumentChecks checks) {
        return new ToolDefinition(
                checks.of(definition.path("inputSchema")),
                ToolHash.of(definition),
                isRepeatable(definition),
                MirroredParameters.of(definition.path("inputSchema")).orElse(NONE));
    }

    private static boolean isRepeatable(ObjectNode definition) {
        var hints = definition.path("annotations");
        return isTrue(hints.path("idempotentHint")) || isTrue(hints.path("readOnlyHint"));
    }

    private static boolean isTrue(JsonNode hint) {
        return hint.isBoolean() && hint.booleanValue();
    }
}
