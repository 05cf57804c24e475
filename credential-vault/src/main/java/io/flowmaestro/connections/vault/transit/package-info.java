/** The internal operations on records, one file each, and the table of who may call which. */
@NullMarked
package io.flowmaestro.connections.vault.transit;

import org.jspecify.annotations.NullMarked;
