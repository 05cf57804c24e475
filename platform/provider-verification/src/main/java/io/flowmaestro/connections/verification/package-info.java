/** How a provider takes a credential, and whether it takes this one. */
@NullMarked
package io.flowmaestro.connections.verification;

import org.jspecify.annotations.NullMarked;
