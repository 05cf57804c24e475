/** Carries usage events to connection-registry. */
@NullMarked
package io.flowmaestro.connections.peers;

import org.jspecify.annotations.NullMarked;
