/** The provider catalogue: what a provider file says, how it is read, and which files there are. */
@NullMarked
package io.flowmaestro.connections.catalog;

import org.jspecify.annotations.NullMarked;
