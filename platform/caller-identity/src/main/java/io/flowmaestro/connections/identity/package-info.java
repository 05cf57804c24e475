/** Who is calling, and for which user. */
@NullMarked
package io.flowmaestro.connections.identity;

import org.jspecify.annotations.NullMarked;
