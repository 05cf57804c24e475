/** The ground that a component test stands on: a real PostgreSQL, an issuer of tokens, peers to script. */
@NullMarked
package io.flowmaestro.connections.testing;

import org.jspecify.annotations.NullMarked;
