package io.flowmaestro.connections.migration;

import io.flowmaestro.connections.migration.report.Tally;
import io.flowmaestro.connections.migration.source.SourceTable;
import java.io.PrintStream;
import java.time.Duration;

/** Shows every few seconds how far the run has come. */
final class Progress {
    private static final long EVERY = Duration.ofSeconds(5).toNanos();

    private final PrintStream output;
    private long shown = System.nanoTime();

    Progress(PrintStream output) {
        this.output = output;
    }

    void show(SourceTable table, long count, Tally tally) {
        if (System.nanoTime() - shown >= EVERY) {
            shown = System.nanoTime();
            output.println("  " + tally.rows(table.table()) + " of " + count + " "
                    + table.table().tableName());
        }
    }
}
