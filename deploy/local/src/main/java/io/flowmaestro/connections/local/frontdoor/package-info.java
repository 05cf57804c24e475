/** The front door: routes like the API gateway of a deployment does, and answers for a service that cannot. */
@NullMarked
package io.flowmaestro.connections.local.frontdoor;

import org.jspecify.annotations.NullMarked;
