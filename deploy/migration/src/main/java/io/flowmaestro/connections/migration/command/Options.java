package io.flowmaestro.connections.migration.command;

import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.source.SourceAddress;
import io.flowmaestro.connections.migration.source.Table;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What one call asks for.
 *
 * @param tables those named with {@code --table}; empty means all that are there
 * @param to the registry's own address; empty when the call does not say
 * @param batch rows per request, 1 to 100
 * @param issuer the identity provider whose user claims the source's user ids are, for ids that are no UUIDs
 * @param timeZone the zone of timestamps that have none
 */
public record Options(
        SourceAddress from,
        String schema,
        List<Table> tables,
        boolean dryRun,
        Optional<URI> to,
        Path report,
        int batch,
        boolean resume,
        Optional<String> issuer,
        ZoneId timeZone,
        boolean plainHttp) {

    /**
     * Reads a call.
     *
     * @throws Refusal for a call that cannot be understood; the message repeats no value that may hold a secret
     */
    public static Options parse(List<String> arguments) {
        var words = Words.of(arguments);
        boolean dryRun = words.flag("dry-run");
        var options = new Options(
                SourceAddress.parse(
                        words.value("from")
                                .orElseThrow(
                                        () -> Refusal.usage(
                                                "Where from? Give --from postgresql://user@host/database. See ./connections import --help."))),
                words.value("schema").map(OptionValues::schema).orElse("flowmaestro"),
                words.values("table").stream()
                        .map(Table::named)
                        .distinct()
                        .sorted()
                        .toList(),
                dryRun,
                words.value("to").map(OptionValues::address),
                Path.of(words.value("report")
                        .orElse(dryRun ? "connections-import-dry-run.ndjson" : "connections-import.ndjson")),
                words.value("batch").map(OptionValues::batch).orElse(OptionValues.LARGEST_BATCH),
                words.flag("resume"),
                words.value("issuer"),
                words.value("time-zone").map(OptionValues::zone).orElse(ZoneId.of("UTC")),
                words.flag("allow-plain-http"));
        words.requireAllRead();
        return options;
    }
}
