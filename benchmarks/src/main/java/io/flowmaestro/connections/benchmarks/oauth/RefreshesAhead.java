package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Measure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.suite.ProcessorTime;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/** Tokens that brokers renew by themselves: many that are due at once, and many that fall due one after the other. */
final class RefreshesAhead {

    /** How long before its end a token is due, at the latest: the broker's margin. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMillis(200);
    /** What storing takes on a slow machine, so that hardly anything is due before the last is stored. */
    private static final Duration STORING = Duration.ofMillis(1);

    private final OAuthSettings settings;
    private final StoredConnections stock;
    private final LocalProvider provider;
    private final DurablePostgres postgres;
    private final String database;
    private final ProcessorTime processor;
    private final Report report;

    RefreshesAhead(
            OAuthSettings settings,
            StoredConnections stock,
            LocalProvider provider,
            DurablePostgres postgres,
            String database,
            ProcessorTime processor,
            Report report) {
        this.settings = settings;
        this.stock = stock;
        this.provider = provider;
        this.postgres = postgres;
        this.database = database;
        this.processor = processor;
        this.report = report;
    }

    /** How fast it can be: all are due from the start. */
    void atOnce() throws IOException, InterruptedException, SQLException {
        var end = firstEnd(settings.atOnce());
        var result = run("at once", settings.atOnce(), _ -> end);
        report.add(new Comparison(
                "refreshes / what 100,000 in 10 minutes need",
                new Measure(
                        "two brokers", result.perSecond(), (result.fastest() - result.slowest()) / 2, "refreshes/s"),
                new Measure("needed", OAuthSettings.NEEDED_PER_SECOND, 0, "refreshes/s"),
                result.perSecond() / OAuthSettings.NEEDED_PER_SECOND,
                result.slowest() / OAuthSettings.NEEDED_PER_SECOND,
                result.fastest() / OAuthSettings.NEEDED_PER_SECOND,
                1));
    }

    /** At the pace of {@link OAuthSettings#NEEDED_PER_SECOND}, or that of the window. */
    void oneAfterTheOther() throws IOException, InterruptedException, SQLException {
        var first = firstEnd(settings.due());
        double each = (double) settings.window().toMillis() / settings.due();
        run("falling due", settings.due(), number -> first.plusMillis(Math.round(number * each)));
    }

    /** Beyond every horizon while they are stored, so that the work does not begin before. */
    private Instant firstEnd(int count) {
        return Instant.now().plus(STORING.multipliedBy(count)).plus(MARGIN).plus(settings.spread());
    }

    private DueTokens run(String kind, int count, IntFunction<Instant> endsAt)
            throws IOException, InterruptedException, SQLException {
        IO.println("  storing %,d connections, %s".formatted(count, kind));
        long calls = provider.calls();
        long refused = provider.refused();
        var user = new UUID[] {UUID.randomUUID()};
        stock.store(kind, count, number -> {
            if (number % StoredConnections.OF_A_USER == 0) {
                user[0] = UUID.randomUUID();
            }
            return provider.connection(user[0], endsAt.apply(number));
        });
        var before = processor.nanos();
        IO.println("  refreshing");
        await(kind, calls + count, endsAt.apply(count - 1));
        var result = DueTokens.of(postgres, database, kind);
        report(kind, result, provider.calls() - calls, provider.refused() - refused);
        reportProcessors(kind, result, before);
        return result;
    }

    /** Looks at the provider, which is here, until all have been there; then at the table. */
    private void await(String kind, long calls, Instant lastEnd) throws InterruptedException, SQLException {
        while (Instant.now().isBefore(lastEnd)) {
            Thread.sleep(LOOK);
            if (provider.calls() >= calls && DueTokens.left(postgres, database, kind) == 0) {
                return;
            }
        }
    }

    private void report(String kind, DueTokens result, long calls, long refused) {
        report.add(new Condition(
                "no token expires unrefreshed, " + kind,
                result.missed() == 0 && result.all() > 0,
                "%,d of %,d were renewed, %,d too late or not at all; the latest with %s left"
                        .formatted(result.renewed(), result.all(), result.missed(), result.slack())));
        report.add(new Condition(
                "the provider is asked once for each, " + kind,
                calls == result.renewed() && refused == 0,
                "%,d token requests for %,d refreshes; %,d with a token that was used up"
                        .formatted(calls, result.renewed(), refused)));
        report.add(new Figure(kind + ": refreshed", result.renewed(), ""));
        report.add(new Figure(kind + ": refreshes", result.perSecond(), "/s"));
    }

    private void reportProcessors(String kind, DueTokens result, Map<String, Long> before) throws IOException {
        processor
                .since(before)
                .forEach((name, used) -> report.add(new Figure(
                        kind + ": processor, " + name, used / 1e3 / Math.max(1, result.renewed()), "µs/refresh")));
        for (var service : processor.services().entrySet()) {
            report.add(new Figure(
                    kind + ": resident memory, " + service.getKey(),
                    service.getValue().residentBytes() / 1048576.0,
                    "MiB"));
        }
    }
}
