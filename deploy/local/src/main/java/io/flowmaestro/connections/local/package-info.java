/** The whole suite on one machine. */
@NullMarked
package io.flowmaestro.connections.local;

import org.jspecify.annotations.NullMarked;
