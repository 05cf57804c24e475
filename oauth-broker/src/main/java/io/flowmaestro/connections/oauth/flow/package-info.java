/** The authorization code flow: authorize, callback, and a flow's status. */
@NullMarked
package io.flowmaestro.connections.oauth.flow;

import org.jspecify.annotations.NullMarked;
