/** A user's stored connection as the broker sees it, and the ports to the services that own it. */
@NullMarked
package io.flowmaestro.connections.oauth.connection;

import org.jspecify.annotations.NullMarked;
