package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The If-Match header of a write (RFC 9110 section 13.1.1): absent, it does not bind. */
record IfMatch(@Nullable String header) {

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** 412 unless the header is absent, {@code *}, or names this version. Weak tags never match, as the RFC says. */
    void require(long version) {
        boolean matches = header == null
                || Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(tag(version)));
        if (!matches) {
            throw new ProblemException(
                    RegistryProblem.PRECONDITION_FAILED,
                    "The connection is at another version than If-Match names. Read it again and repeat the change.");
        }
    }
}
