package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields that requests have in common, and says of the first that is wrong what it should be.
 *
 * @param path what comes before a field's name in messages: nothing, or {@code items[3].}
 */
record RequestFields(Caller caller, Operation operation, String path) {

    static RequestFields of(Caller caller, Operation operation) {
        return new RequestFields(caller, operation, "");
    }

    /** The checks for one item of a batch. */
    RequestFields item(int index) {
        return new RequestFields(caller, operation, "items[" + index + "].");
    }

    <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "is required");
        }
        return value;
    }

    <T> List<T> items(@Nullable Batch<T> batch) {
        var items = required("items", required("body", batch).items());
        if (items.isEmpty() || items.size() > Batch.MAX_ITEMS) {
            throw invalid("items", "must have 1 to %d items".formatted(Batch.MAX_ITEMS));
        }
        IntStream.range(0, items.size()).forEach(i -> required("items[" + i + "]", items.get(i)));
        return items.stream().map(Objects::requireNonNull).toList();
    }

    /** The place of the record, which belongs to the user that the caller acts for; 403 when the caller may not. */
    RecordContext context(@Nullable UUID connection, @Nullable String purpose) {
        var known = knownPurpose(purpose);
        Grant.require(caller, operation, known);
        return new RecordContext(new KeyScope(caller.subject()), required("connection_id", connection), known);
    }

    Plaintext plaintext(@Nullable Plaintext plaintext) {
        var present = required("plaintext", plaintext);
        if (present.length() == 0 || present.length() > Envelope.MAX_CIPHERTEXT_BYTES) {
            present.close();
            throw invalid("plaintext", "must be base64 of 1 to %d bytes".formatted(Envelope.MAX_CIPHERTEXT_BYTES));
        }
        return present;
    }

    private Purpose knownPurpose(@Nullable String wireName) {
        return Purpose.of(required("purpose", wireName))
                .orElseThrow(() -> invalid("purpose", "must be one of: " + knownPurposes()));
    }

    private static String knownPurposes() {
        return Arrays.stream(Purpose.values()).map(Purpose::wireName).collect(Collectors.joining(", "));
    }

    ProblemException invalid(String field, String message) {
        var place = "body".equals(field) ? field : path + field;
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The field " + place + " " + message + ".")
                .with(List.of(new Violation(place, message)));
    }
}
