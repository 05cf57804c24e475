/** What happened to connections: recorded with the change, listed, exported. */
@NullMarked
package io.flowmaestro.connections.registry.event;

import org.jspecify.annotations.NullMarked;
