package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param credentialVersion of the credential that the provider refused, as it was handed out */
record RefusedRequest(@Nullable Long credentialVersion) {

    static long version(@Nullable RefusedRequest request) {
        if (request == null || request.credentialVersion == null || request.credentialVersion < 1) {
            throw new ProblemException(
                            FrameworkProblem.VALIDATION_FAILED, "The request has invalid values; see violations.")
                    .with(List.of(new Violation(
                            "credential_version", "must be the version that came with the refused credential")));
        }
        return request.credentialVersion;
    }
}
