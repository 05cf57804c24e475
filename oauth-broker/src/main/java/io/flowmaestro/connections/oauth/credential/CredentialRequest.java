package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param scopes what the caller is about to need; all of them or none at all */
record CredentialRequest(@Nullable List<String> scopes) {

    private static final int MOST_SCOPES = 200;

    static List<String> wanted(@Nullable CredentialRequest request) {
        List<String> scopes = request == null || request.scopes == null ? List.of() : request.scopes;
        if (scopes.size() > MOST_SCOPES) {
            throw new ProblemException(
                            FrameworkProblem.VALIDATION_FAILED, "The request has invalid values; see violations.")
                    .with(List.of(new Violation("scopes", "must have at most " + MOST_SCOPES + " entries")));
        }
        return scopes;
    }
}
