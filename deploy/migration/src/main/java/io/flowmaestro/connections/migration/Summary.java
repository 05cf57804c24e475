package io.flowmaestro.connections.migration;

import io.flowmaestro.connections.migration.command.Options;
import io.flowmaestro.connections.migration.report.Report;
import io.flowmaestro.connections.migration.source.SourceTable;
import java.io.PrintStream;
import java.util.List;

/** The figures at the end, and the exit code that follows from them. */
final class Summary {
    private static final int DIFFERS = 1;
    private static final int REFUSED = 3;

    private final PrintStream output;
    private final PrintStream errors;

    Summary(PrintStream output, PrintStream errors) {
        this.output = output;
        this.errors = errors;
    }

    int of(Options options, List<SourceTable> tables, Report report) {
        boolean complete = true;
        for (SourceTable table : tables) {
            output.println(report.tally().line(table.table()));
            complete &= complete(table, report);
        }
        output.println((options.dryRun() ? "Nothing was written. Each row: " : "Each row: ") + report.file());
        if (!complete) {
            return DIFFERS;
        }
        return report.tally().refused() > 0 ? REFUSED : 0;
    }

    /** One run reads one snapshot; two halves of a run read two. */
    private boolean complete(SourceTable table, Report report) {
        long count = table.count();
        long lines = report.tally().rows(table.table());
        if (count != lines) {
            errors.println(
                    "connections: " + table.table().tableName() + " has " + count + " rows and the report " + lines
                            + ": the source changed between the halves of this run. Run once more without --resume and with"
                            + " another --report; what is imported stays as it is.");
        }
        return count == lines;
    }
}
