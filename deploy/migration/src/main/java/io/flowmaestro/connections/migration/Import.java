package io.flowmaestro.connections.migration;

import io.flowmaestro.connections.migration.command.Options;
import io.flowmaestro.connections.migration.command.SourcePassword;
import io.flowmaestro.connections.migration.command.Target;
import io.flowmaestro.connections.migration.command.Usage;
import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.registry.OperatorToken;
import io.flowmaestro.connections.migration.registry.Patience;
import io.flowmaestro.connections.migration.registry.RegistryClient;
import io.flowmaestro.connections.migration.report.Report;
import io.flowmaestro.connections.migration.report.RunIdentity;
import io.flowmaestro.connections.migration.row.RowMapper;
import io.flowmaestro.connections.migration.source.SourceDatabase;
import io.flowmaestro.connections.migration.source.SourceTable;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code ./connections import} runs. */
public final class Import {
    private static final int INTERRUPTED = 130;

    private final Map<String, String> environment;
    private final Patience patience;
    private final PrintStream output;
    private final PrintStream errors;

    Import(Map<String, String> environment, Patience patience, PrintStream output, PrintStream errors) {
        this.environment = environment;
        this.patience = patience;
        this.output = output;
        this.errors = errors;
    }

    public static void main(String[] arguments) {
        int exitCode;
        try (StopRequest stop = StopRequest.onSignal()) {
            exitCode =
                    new Import(System.getenv(), Patience.USUAL, System.out, System.err).run(List.of(arguments), stop);
        }
        System.exit(exitCode);
    }

    /** Answers the exit code. */
    int run(List<String> arguments, StopRequest stop) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            output.println(Usage.TEXT);
            return 0;
        }
        try {
            Options options = Options.parse(arguments);
            URI registry = Target.of(options, environment);
            OperatorToken token = OperatorToken.of(environment);
            Optional<String> password = SourcePassword.of(environment);
            try (var source = SourceDatabase.open(options.from(), password, options.schema());
                    var client = new RegistryClient(registry, options.dryRun(), token, patience, stop)) {
                return run(options, source, client, stop);
            }
        } catch (Refusal refusal) {
            errors.println("connections: " + refusal.getMessage());
            return refusal.exitCode();
        }
    }

    private int run(Options options, SourceDatabase source, RegistryClient client, StopRequest stop) {
        List<SourceTable> tables = source.tables(options.tables());
        RunIdentity identity = new RunIdentity(
                options.from().toString(),
                options.schema(),
                tables.stream().map(table -> table.table().tableName()).toList(),
                options.dryRun(),
                options.issuer().orElse(""),
                options.timeZone().toString());
        RowMapper mapper = new RowMapper(options.issuer(), options.timeZone(), source.now());
        try (Report report = options.resume()
                ? Report.resume(options.report(), identity)
                : Report.begin(options.report(), identity)) {
            var run = new ImportRun(tables, mapper, client, report, stop, new Progress(output));
            return carriedOut(options, run, tables, report);
        }
    }

    /** From here on there is a report to go on with. */
    private int carriedOut(Options options, ImportRun run, List<SourceTable> tables, Report report) {
        try {
            if (run.toTheEnd(options.batch())) {
                return new Summary(output, errors).of(options, tables, report);
            }
            errors.println("connections: stopped after " + report.tally().rows() + " rows. " + howToGoOn(options));
            return INTERRUPTED;
        } catch (Refusal refusal) {
            errors.println("connections: " + refusal.getMessage() + " " + howToGoOn(options));
            return refusal.exitCode();
        }
    }

    private static String howToGoOn(Options options) {
        return "Go on with the same options and --resume --report " + options.report() + ".";
    }
}
