/** Reasons not to go on that the person at the terminal can act on. */
@NullMarked
package io.flowmaestro.connections.migration.refusal;

import org.jspecify.annotations.NullMarked;
