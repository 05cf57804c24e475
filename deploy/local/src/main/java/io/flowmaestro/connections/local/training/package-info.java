/** Has services remember how they start, in surroundings like those that they run in. */
@NullMarked
package io.flowmaestro.connections.local.training;

import org.jspecify.annotations.NullMarked;
