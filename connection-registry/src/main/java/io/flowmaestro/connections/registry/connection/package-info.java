/** Connections as their owners see and change them. */
@NullMarked
package io.flowmaestro.connections.registry.connection;

import org.jspecify.annotations.NullMarked;
