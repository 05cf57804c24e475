/** The suite as a whole: its ports, its services, how they are started and stopped. */
@NullMarked
package io.flowmaestro.connections.local.suite;

import org.jspecify.annotations.NullMarked;
