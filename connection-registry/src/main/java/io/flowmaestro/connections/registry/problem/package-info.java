/** The problems that this service answers with. */
@NullMarked
package io.flowmaestro.connections.registry.problem;

import org.jspecify.annotations.NullMarked;
