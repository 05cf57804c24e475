/** How often one client may ask for one user's things. */
@NullMarked
package io.flowmaestro.connections.rates;

import org.jspecify.annotations.NullMarked;
