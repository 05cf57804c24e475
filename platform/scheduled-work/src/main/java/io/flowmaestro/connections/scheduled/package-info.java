/** Work that a service does by itself, and its end when the service is told to stop. */
@NullMarked
package io.flowmaestro.connections.scheduled;

import org.jspecify.annotations.NullMarked;
