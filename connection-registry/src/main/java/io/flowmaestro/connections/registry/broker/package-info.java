/** Credentials by oauth-broker, the only service that opens them for others. */
@NullMarked
package io.flowmaestro.connections.registry.broker;

import org.jspecify.annotations.NullMarked;
