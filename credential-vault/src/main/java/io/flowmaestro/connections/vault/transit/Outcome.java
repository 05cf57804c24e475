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
            case Done<T>(var value, _) -> value;
            case Failed<T>(var problem, _) -> throw problem;
        };
    }

    default String code() {
        return switch (this) {
            case Done<T> _ -> "ok";
            case Failed<T>(var problem, _) -> problem.code().code();
        };
    }

    default Optional<KeyVersion> keyOnRecord() {
        return switch (this) {
            case Done<T>(_, var keys) -> Optional.of(keys.getFirst().version());
            case Failed<T>(_, var key) -> key;
        };
    }
}
