/** One line for each row, kept so that a run can go on where it stopped. */
@NullMarked
package io.flowmaestro.connections.migration.report;

import org.jspecify.annotations.NullMarked;
