package io.flowmaestro.connections.migration;

import io.flowmaestro.connections.migration.registry.RegistryClient;
import io.flowmaestro.connections.migration.registry.RowResult;
import io.flowmaestro.connections.migration.registry.Stopped;
import io.flowmaestro.connections.migration.report.Report;
import io.flowmaestro.connections.migration.report.ReportLine;
import io.flowmaestro.connections.migration.row.MappedRow;
import io.flowmaestro.connections.migration.row.MappedRow.Importable;
import io.flowmaestro.connections.migration.row.MappedRow.Unusable;
import io.flowmaestro.connections.migration.row.RowMapper;
import io.flowmaestro.connections.migration.source.SourceRow;
import io.flowmaestro.connections.migration.source.SourceTable;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the tables one after the other, a batch at a time: map, send, report. A crash between sending and reporting
 * leaves rows that are imported and have no line; they are sent again, and their lines then say {@code unchanged}.
 */
final class ImportRun {
    private final List<SourceTable> tables;
    private final RowMapper mapper;
    private final RegistryClient registry;
    private final Report report;
    private final StopRequest stop;
    private final Progress progress;

    ImportRun(
            List<SourceTable> tables,
            RowMapper mapper,
            RegistryClient registry,
            Report report,
            StopRequest stop,
            Progress progress) {
        this.tables = tables;
        this.mapper = mapper;
        this.registry = registry;
        this.report = report;
        this.stop = stop;
        this.progress = progress;
    }

    /** Answers false when it was asked to stop before. */
    boolean toTheEnd(int batch) {
        try {
            for (SourceTable table : tables) {
                long count = table.count();
                boolean read = table.read(report.tally().lastId(table.table()), batch, rows -> {
                    take(rows);
                    progress.show(table, count, report.tally());
                    return !stop.asked();
                });
                if (!read) {
                    return false;
                }
            }
        } catch (Stopped stopped) {
            return false;
        }
        report.finish();
        return true;
    }

    private void take(List<SourceRow> rows) {
        List<MappedRow> mapped = rows.stream().map(mapper::map).toList();
        List<Importable> sent = new ArrayList<>();
        for (MappedRow row : mapped) {
            if (row instanceof Importable importable) {
                sent.add(importable);
            }
        }
        Iterator<RowResult> results = registry.send(sent).iterator();
        report.add(mapped.stream()
                .map(row -> switch (row) {
                    case Importable importable -> line(importable, results.next());
                    case Unusable unusable -> line(unusable);
                })
                .toList());
    }

    private static ReportLine line(Importable row, RowResult result) {
        List<String> details = new ArrayList<>();
        result.detail().ifPresent(details::add);
        details.addAll(row.notes());
        return new ReportLine(
                row.table(),
                row.sourceId(),
                row.userId().map(UUID::toString),
                result.outcome(),
                result.code(),
                details.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", details)));
    }

    private static ReportLine line(Unusable row) {
        return new ReportLine(
                row.table(),
                row.sourceId(),
                row.userId().map(UUID::toString),
                "refused",
                Optional.of(row.code()),
                Optional.of(row.detail()));
    }
}
