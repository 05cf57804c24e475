/** What is told of requests beside their count and their sum. */
@NullMarked
package io.flowmaestro.connections.httpmetrics;

import org.jspecify.annotations.NullMarked;
