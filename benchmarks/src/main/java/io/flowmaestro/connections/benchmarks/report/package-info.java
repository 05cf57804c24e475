/** What a benchmark found out, as a table for people and as JSON for programs. */
@NullMarked
package io.flowmaestro.connections.benchmarks.report;

import org.jspecify.annotations.NullMarked;
