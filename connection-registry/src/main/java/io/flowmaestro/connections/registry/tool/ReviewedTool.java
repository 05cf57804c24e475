package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.toolhash.ToolHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool as its owner reviews it.
 *
 * @param parameters the flat view {@code [{name, type, required}]}
 * @param hash of the definition shown here, by which it is approved
 * @param approved whether it may be called where approval is required; false for a removed one
 * @param diff what has changed since it was approved; present for a changed one only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewedTool(
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable JsonNode inputSchema,
        @Nullable JsonNode outputSchema,
        @Nullable JsonNode annotations,
        @Nullable JsonNode parameters,
        String hash,
        ToolState state,
        boolean approved,
        @Nullable List<DefinitionDiff.Change> diff) {

    static ReviewedTool of(JsonNode definition, ToolState state, @Nullable JsonNode before) {
        return new ReviewedTool(
                definition.path("name").asText(),
                definition.path("title").textValue(),
                definition.path("description").textValue(),
                definition.get("inputSchema"),
                definition.get("outputSchema"),
                definition.get("annotations"),
                definition.get("parameters"),
                ToolHash.of(definition),
                state,
                state == ToolState.UNCHANGED,
                before == null ? null : DefinitionDiff.of(before, definition));
    }
}
