package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The table of key encryption keys, with its rule that one is primary and at most one waits. */
final class EnrolledKeysInMemory implements EnrolledKeys {

    final List<EnrolledKey> rows = new ArrayList<>();
    boolean away;
    boolean slow;
    int asked;

    @Override
    public Uni<List<EnrolledKey>> all() {
        asked++;
        if (slow) {
            return Uni.createFrom().nothing();
        }
        return away
                ? Uni.createFrom().failure(DatabaseFailure.translate(new ConnectException("refused")))
                : Uni.createFrom().item(() -> List.copyOf(rows));
    }

    @Override
    public Uni<Void> enrolPrimary(UUID kekId, String provider, Bytes checkValue) {
        return Uni.createFrom().item(() -> {
            if (rows.stream().noneMatch(EnrolledKey::isPrimary)) {
                add(kekId, provider, KeyState.PRIMARY, checkValue, Optional.of(now()));
            }
            return null;
        });
    }

    @Override
    public Uni<Void> enrolNext(UUID kekId, String provider, Bytes checkValue) {
        return Uni.createFrom().item(() -> {
            if (rows.stream()
                    .noneMatch(row -> row.state() == KeyState.DECRYPT_ONLY
                            && row.promotedAt().isEmpty())) {
                add(kekId, provider, KeyState.DECRYPT_ONLY, checkValue, Optional.empty());
            }
            return null;
        });
    }

    /** What a promotion leaves behind. */
    void promote(UUID waiting) {
        rows.replaceAll(row -> row.isPrimary() ? with(row, KeyState.DECRYPT_ONLY) : row);
        change(
                waiting,
                row -> new EnrolledKey(
                        row.kekId(),
                        row.provider(),
                        KeyState.PRIMARY,
                        row.checkValue(),
                        row.enrolledAt(),
                        Optional.of(now())));
    }

    void retire(UUID kekId) {
        change(kekId, row -> with(row, KeyState.RETIRED));
    }

    void change(UUID kekId, UnaryOperator<EnrolledKey> change) {
        rows.replaceAll(row -> row.kekId().equals(kekId) ? change.apply(row) : row);
    }

    UUID waiting() {
        return rows.stream()
                .filter(row ->
                        row.state() == KeyState.DECRYPT_ONLY && row.promotedAt().isEmpty())
                .findFirst()
                .orElseThrow()
                .kekId();
    }

    private void add(
            UUID kekId, String provider, KeyState state, Bytes checkValue, Optional<OffsetDateTime> promotedAt) {
        rows.add(new EnrolledKey(kekId, provider, state, checkValue, now(), promotedAt));
    }

    private static EnrolledKey with(EnrolledKey row, KeyState state) {
        return new EnrolledKey(
                row.kekId(), row.provider(), state, row.checkValue(), row.enrolledAt(), row.promotedAt());
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }
}
