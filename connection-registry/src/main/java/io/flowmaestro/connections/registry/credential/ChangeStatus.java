package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status that was found out about one generation of a credential. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ChangeStatus(
        @Nullable String status,
        @Nullable String statusReason,
        @Nullable Long expectedCredentialGeneration) {

    private static final TextRule REASON = TextRule.text(1000);

    /** The same, with what must be there. */
    record Valid(ConnectionStatus status, @Nullable String reason, long expectedGeneration) {}

    Valid validate() {
        ConnectionStatus known = ConnectionStatus.find(status == null ? "" : status)
                .orElseThrow(() -> invalid("status", "must be one of: " + ConnectionStatus.ALLOWED));
        if (expectedCredentialGeneration == null) {
            throw invalid("expected_credential_generation", "is required");
        }
        if (statusReason != null) {
            REASON.refuse(statusReason).ifPresent(message -> {
                throw invalid("status_reason", message);
            });
        }
        return new Valid(known, statusReason, expectedCredentialGeneration);
    }

    private static RuntimeException invalid(String field, String message) {
        return RegistryProblem.invalid(List.of(new Violation(field, message)));
    }
}
