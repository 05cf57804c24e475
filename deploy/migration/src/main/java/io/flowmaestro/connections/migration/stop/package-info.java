/** A wish to stop, and the work in hand ended in good order. */
@NullMarked
package io.flowmaestro.connections.migration.stop;

import org.jspecify.annotations.NullMarked;
