package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keyring.DataKey;
import java.util.List;
import java.util.Optional;

/** What became of one record. */
sealed interface Outcome<T> {

    /**
     * It worked.
     *
     * @param keys those used, the one to put on record first
     */
    record Done<T>(T value, List<DataKey> keys) implements Outcome<T> {}

    /**
     * This record failed; others beside it may not have.
     *
     * @param key the one its envelope names, if it can be read
     */
    record Failed<T>(ProblemException problem, Optional<KeyVersion> key) implements Outcome<T> {}

    default T orThrow() {
        return switch (this) {
            case Done<T> done -> done.value();
            case Failed<T> failed -> throw failed.problem();
        };
    }

    default String code() {
        return switch (this) {
            case Done<T> done -> "ok";
            case Failed<T> failed -> failed.problem().code().code();
        };
    }

    default List<DataKey> keysUsed() {
        return switch (this) {
            case Done<T> done -> done.keys();
            case Failed<T> failed -> List.of();
        };
    }

    default Optional<KeyVersion> keyOnRecord() {
        return switch (this) {
            case Done<T> done -> Optional.of(done.keys().getFirst().version());
            case Failed<T> failed -> failed.key();
        };
    }
}
