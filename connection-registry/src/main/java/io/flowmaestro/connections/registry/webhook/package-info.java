/** Outgoing webhooks: what happened to a user's connections, signed and sent to where the user wants it. */
@NullMarked
package io.flowmaestro.connections.registry.webhook;

import org.jspecify.annotations.NullMarked;
