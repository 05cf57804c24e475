package io.flowmaestro.connections.vault.transit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several records of one user, answered in the same order.
 *
 * @param items 1 to {@link #MAX_ITEMS}
 */
record Batch<T>(@Nullable List<@Nullable T> items) {

    static final int MAX_ITEMS = 100;
}
