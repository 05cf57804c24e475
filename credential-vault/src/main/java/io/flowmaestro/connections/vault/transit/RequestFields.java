package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the fields that requests have in common, and says of the first that is wrong what it should be. */
final class RequestFields {

    private RequestFields() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "is required");
        }
        return value;
    }

    static Purpose purpose(@Nullable String wireName) {
        return Purpose.of(required("purpose", wireName))
                .orElseThrow(() -> invalid("purpose", "must be one of: " + knownPurposes()));
    }

    static Plaintext plaintext(@Nullable Plaintext plaintext) {
        var present = required("plaintext", plaintext);
        if (present.length() == 0 || present.length() > Envelope.MAX_CIPHERTEXT_BYTES) {
            present.close();
            throw invalid("plaintext", "must be base64 of 1 to %d bytes".formatted(Envelope.MAX_CIPHERTEXT_BYTES));
        }
        return present;
    }

    private static String knownPurposes() {
        return Arrays.stream(Purpose.values()).map(Purpose::wireName).collect(Collectors.joining(", "));
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The field " + field + " " + message + ".")
                .with(List.of(new Violation(field, message)));
    }
}
