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
 * @param icon slug that user interfaces map to a picture, falling back to initials; never a URL
 * @param source where the entry comes from; the catalogue sets it, a file must not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provider(
        String key,
        String name,
        Category category,
        @Nullable String description,
        @Nullable String icon,
        @Nullable String docsUrl,
        @Nullable Source source,
        Methods methods) {

    Provider from(Source origin) {
        return new Provider(key, name, category, description, icon, docsUrl, origin, methods);
    }

    Provider withMcp(McpMethod mcp) {
        return new Provider(key, name, category, description, icon, docsUrl, source, methods.withMcp(mcp));
    }
}
