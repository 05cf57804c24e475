/** The sealed credentials of connections, for the suite's own services. */
@NullMarked
package io.flowmaestro.connections.registry.credential;

import org.jspecify.annotations.NullMarked;
