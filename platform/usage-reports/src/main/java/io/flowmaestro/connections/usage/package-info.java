/** Carries usage events to connection-registry. */
@NullMarked
package io.flowmaestro.connections.usage;

import org.jspecify.annotations.NullMarked;
