/** Usable credentials for workers, for connections of every method. */
@NullMarked
package io.flowmaestro.connections.oauth.credential;

import org.jspecify.annotations.NullMarked;
