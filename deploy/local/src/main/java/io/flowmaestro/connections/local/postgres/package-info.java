/** The embedded PostgreSQL server: unpacked once, durable, reachable from this machine only. */
@NullMarked
package io.flowmaestro.connections.local.postgres;

import org.jspecify.annotations.NullMarked;
