package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template.
 *
 * @param id a UUID of a saved one; {@code provider:method} of one that comes with the catalogue
 * @param source {@code catalogue} or {@code user}
 */
record Template(
        String id,
        String name,
        String source,
        List<TemplateItem> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant createdAt) {}
