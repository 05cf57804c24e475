/** The clock and the source of randomness that everything else is given. */
@NullMarked
package io.flowmaestro.connections.oauth.runtime;

import org.jspecify.annotations.NullMarked;
