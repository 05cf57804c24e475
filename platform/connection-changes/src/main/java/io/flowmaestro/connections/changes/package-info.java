/** Hears from the database which connections have changed, so that what is remembered of them goes at once. */
@NullMarked
package io.flowmaestro.connections.changes;

import org.jspecify.annotations.NullMarked;
