/** Outbound HTTP to addresses a user or an upstream may have chosen: vetted once, then connected to exactly that address. */
@NullMarked
package io.flowmaestro.connections.egress;

import org.jspecify.annotations.NullMarked;
