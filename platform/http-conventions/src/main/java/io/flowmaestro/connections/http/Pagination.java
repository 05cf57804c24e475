package io.flowmaestro.connections.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a list stands.
 *
 * @param limit the page size that was applied, 1 to 100
 * @param nextCursor opaque; null on the last page
 * @param total all matching rows, only when the caller asked for it
 */
public record Pagination(
        int limit,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {}
