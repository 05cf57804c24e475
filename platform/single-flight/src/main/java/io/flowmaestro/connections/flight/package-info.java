/** Work that several callers share, each going on where it came from. */
@NullMarked
package io.flowmaestro.connections.flight;

import org.jspecify.annotations.NullMarked;
