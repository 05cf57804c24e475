/** A provider of the catalogue, played on loopback for tests. */
@NullMarked
package io.flowmaestro.connections.emulator;

import org.jspecify.annotations.NullMarked;
