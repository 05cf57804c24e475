/** Adapter to connection-registry. */
@NullMarked
package io.flowmaestro.connections.oauth.registry;

import org.jspecify.annotations.NullMarked;
