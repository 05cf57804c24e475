package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes rows over. Sending a batch again does no harm: what is there stays as it is. */
@ApplicationScoped
class ImportService {

    private static final int LARGEST = 100;

    private final ImportRepository repository;
    private final LegacyEnvelopes envelopes;
    private final VaultCheck vault;

    ImportService(ImportRepository repository, LegacyEnvelopes envelopes, VaultCheck vault) {
        this.repository = repository;
        this.envelopes = envelopes;
        this.vault = vault;
    }

    /** A row with its place in the batch. */
    private record Placed(int index, ImportedConnection connection) {}

    /** One result for each row, in order. A dry run asks the vault whether it would take them, once, and writes nothing. */
    Uni<List<ImportResult>> take(Caller operator, @Nullable JsonNode body, boolean dryRun) {
        if (body == null
                || !(body.get("connections") instanceof ArrayNode rows)
                || rows.isEmpty()
                || rows.size() > LARGEST) {
            throw RegistryProblem.invalid(
                    List.of(new Violation("connections", "must be a list of 1 to %d rows".formatted(LARGEST))));
        }
        ImportResult[] results = new ImportResult[rows.size()];
        Map<UUID, List<Placed>> byUser = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            switch (ImportedConnection.read(rows.get(i))) {
                case ImportedConnection.Read.Refused refused ->
                    results[i] = ImportResult.refused(refused.id(), "validation-failed", refused.detail());
                case ImportedConnection.Read.Fine fine ->
                    byUser.computeIfAbsent(fine.connection().user(), user -> new ArrayList<>())
                            .add(new Placed(i, fine.connection()));
            }
        }
        return (dryRun ? vault.ask().map(Optional::of) : Uni.createFrom().item(Optional.<VaultCheck.Told>empty()))
                .chain(told -> Multi.createFrom()
                        .iterable(byUser.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(
                                entry -> take(operator, entry.getKey(), entry.getValue(), told, results))
                        .collect()
                        .asList())
                .map(done -> Arrays.asList(results));
    }

    private Uni<Void> take(
            Caller operator, UUID user, List<Placed> rows, Optional<VaultCheck.Told> dryRun, ImportResult[] results) {
        return repository
                .known(user, rows.stream().map(row -> row.connection().id()).toList())
                .map(known -> unknown(rows, known, results))
                .chain(fresh -> dryRun.map(told -> would(fresh, told, results))
                        .orElseGet(() ->
                                fresh.isEmpty() ? Uni.createFrom().voidItem() : store(operator, user, fresh, results)));
    }

    private static List<Placed> unknown(List<Placed> rows, Set<UUID> known, ImportResult[] results) {
        rows.stream()
                .filter(row -> known.contains(row.connection().id()))
                .forEach(row ->
                        results[row.index()] = ImportResult.of(row.connection(), ImportResult.Outcome.UNCHANGED));
        return rows.stream()
                .filter(row -> !known.contains(row.connection().id()))
                .toList();
    }

    private static Uni<Void> would(List<Placed> rows, VaultCheck.Told told, ImportResult[] results) {
        rows.forEach(row -> results[row.index()] = would(row.connection(), told));
        return Uni.createFrom().voidItem();
    }

    private static ImportResult would(ImportedConnection row, VaultCheck.Told told) {
        LegacyEnvelopes.Renewed refused = told.refusal(row.legacyEnvelope());
        return refused == null ? ImportResult.would(row, told.caveat()) : refused(row, refused);
    }

    private static ImportResult refused(ImportedConnection row, LegacyEnvelopes.Renewed refused) {
        return ImportResult.refused(
                row.id().toString(), String.valueOf(refused.code()), String.valueOf(refused.detail()));
    }

    private Uni<Void> store(Caller operator, UUID user, List<Placed> rows, ImportResult[] results) {
        var legacy = rows.stream()
                .map(row -> new LegacyEnvelopes.Legacy(
                        row.connection().id(), row.connection().legacyEnvelope()))
                .toList();
        return envelopes
                .renew(user, legacy)
                .chain(renewed -> Multi.createFrom()
                        .items(IntStream.range(0, rows.size()).boxed())
                        .onItem()
                        .transformToUniAndConcatenate(i -> store(
                                        operator, rows.get(i).connection(), renewed.get(i))
                                .invoke(result -> results[rows.get(i).index()] = result))
                        .collect()
                        .asList()
                        .replaceWithVoid());
    }

    private Uni<ImportResult> store(Caller operator, ImportedConnection row, LegacyEnvelopes.Renewed renewed) {
        if (renewed.envelope() == null) {
            return Uni.createFrom().item(refused(row, renewed));
        }
        return repository
                .insert(operator, row, renewed.envelope())
                .map(
                        made -> made
                                ? ImportResult.of(row, ImportResult.Outcome.IMPORTED)
                                : ImportResult.refused(
                                        row.id().toString(),
                                        "connection-id-taken",
                                        "The id is in use by another user's connection. Give the row a new id, and the workflow nodes that name it."));
    }
}
