/**
 * Connections for workflow workers. {@link io.flowmaestro.connections.worker.ConnectionsClient} is the way in; everything public
 * here is thread-safe, blocks (made for virtual threads), and never shows a secret in {@code toString} or a message.
 */
@NullMarked
package io.flowmaestro.connections.worker;

import org.jspecify.annotations.NullMarked;
