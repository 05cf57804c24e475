/** What a connection holds, by method: read strictly, and split into what is sealed and what may show. */
@NullMarked
package io.flowmaestro.connections.registry.data;

import org.jspecify.annotations.NullMarked;
