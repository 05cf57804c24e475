/** Nodes of a workflow on the worker client. */
@NullMarked
package io.flowmaestro.connections.samples;

import org.jspecify.annotations.NullMarked;
