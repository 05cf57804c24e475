package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param credentialVersion of the credential that the provider refused, as it was handed out; a fraction is none */
record RefusedRequest(@Nullable BigDecimal credentialVersion) {

    static long version(@Nullable RefusedRequest request) {
        BigDecimal version = request == null ? null : request.credentialVersion;
        if (version == null || version.signum() <= 0) {
            throw invalid();
        }
        try {
            return version.longValueExact();
        } catch (ArithmeticException noVersion) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(
                        FrameworkProblem.VALIDATION_FAILED, "The request has invalid values; see violations.")
                .with(List.of(new Violation(
                        "credential_version", "must be the version that came with the refused credential")));
    }
}
