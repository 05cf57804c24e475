/** The hash of a tool's definition. */
@NullMarked
package io.flowmaestro.connections.toolhash;

import org.jspecify.annotations.NullMarked;
