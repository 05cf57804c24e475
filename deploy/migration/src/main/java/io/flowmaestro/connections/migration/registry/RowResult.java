package io.flowmaestro.connections.migration.registry;

import java.util.Optional;

/**
 * What the registry said of one row.
 *
 * @param outcome {@code imported}, {@code would_import}, {@code unchanged} or {@code refused}
 */
public record RowResult(String outcome, Optional<String> code, Optional<String> detail) {

    static RowResult refused(String code, String detail) {
        return new RowResult("refused", Optional.of(code), Optional.of(detail));
    }
}
