/** The provider catalogue over HTTP. */
@NullMarked
package io.flowmaestro.connections.registry.provider;

import org.jspecify.annotations.NullMarked;
