/** Logs for machines: an object of JSON on each line. */
@NullMarked
package io.flowmaestro.connections.logs;

import org.jspecify.annotations.NullMarked;
