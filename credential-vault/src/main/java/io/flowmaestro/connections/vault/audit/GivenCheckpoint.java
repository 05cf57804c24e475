package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as an operator copies it from a log line.
 *
 * @param mac 64 hexadecimal digits
 */
record GivenCheckpoint(
        @Nullable UUID writerId,
        @Nullable Long sequence,
        @Nullable String mac) {

    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{64}");

    /** @throws ProblemException 400 naming the first field that is wrong */
    static Checkpoint checked(int index, @Nullable GivenCheckpoint given) {
        var at = "checkpoints[" + index + "]";
        if (given == null) {
            throw invalid(at, "must be an object");
        }
        if (given.writerId() == null) {
            throw invalid(at + ".writer_id", "is required");
        }
        if (given.sequence() == null || given.sequence() < 1) {
            throw invalid(at + ".sequence", "must be a number from 1 on");
        }
        if (given.mac() == null || !MAC.matcher(given.mac()).matches()) {
            throw invalid(at + ".mac", "must be 64 hexadecimal digits");
        }
        return new Checkpoint(
                given.writerId(),
                given.sequence(),
                Bytes.copyFrom(HexFormat.of().parseHex(given.mac())));
    }

    static ProblemException invalid(String field, String message) {
        return new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The field " + field + " " + message + ".")
                .with(List.of(new Violation(field, message)));
    }
}
