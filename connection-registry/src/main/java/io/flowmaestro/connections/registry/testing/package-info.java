/** Tests of connections: before they are saved, on demand, and before an old one is used. */
@NullMarked
package io.flowmaestro.connections.registry.testing;

import org.jspecify.annotations.NullMarked;
