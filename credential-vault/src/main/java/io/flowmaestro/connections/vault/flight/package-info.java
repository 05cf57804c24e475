/** Work that several callers share, each going on where it came from. */
@NullMarked
package io.flowmaestro.connections.vault.flight;

import org.jspecify.annotations.NullMarked;
