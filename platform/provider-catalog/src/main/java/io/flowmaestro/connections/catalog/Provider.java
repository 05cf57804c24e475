package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * One service that connections can be made to: one file of the catalogue.
 *
 * @param key slug, unique in the catalogue; in upper case with {@code _} for {@code -} it names the client id's
 *     environment variable
 * @param source who published the entry, {@code bundled} when the file does not say
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provider(
        String key,
        String name,
        String category,
        @Nullable String description,
        @Nullable String icon,
        @Nullable String docsUrl,
        @Nullable String source,
        Methods methods) {

    Provider withMcp(McpMethod mcp) {
        return new Provider(key, name, category, description, icon, docsUrl, source, methods.withMcp(mcp));
    }
}
