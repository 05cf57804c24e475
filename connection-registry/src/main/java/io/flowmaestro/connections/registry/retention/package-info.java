/** What is old enough goes for good. */
@NullMarked
package io.flowmaestro.connections.registry.retention;

import org.jspecify.annotations.NullMarked;
