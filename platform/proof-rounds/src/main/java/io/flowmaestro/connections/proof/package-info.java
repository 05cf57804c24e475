/** How long a proof is, and what it says. */
@NullMarked
package io.flowmaestro.connections.proof;

import org.jspecify.annotations.NullMarked;
