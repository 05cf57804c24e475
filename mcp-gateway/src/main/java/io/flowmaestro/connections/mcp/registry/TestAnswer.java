package io.flowmaestro.connections.mcp.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.mcp.connection.TestsBeforeUse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record TestAnswer(Data data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(@Nullable String status, @Nullable String statusReason) {}

    /** Fails when the answer names no status, as an answer that never came. */
    TestsBeforeUse.Standing standing() {
        return new TestsBeforeUse.Standing(Objects.requireNonNull(data.status()), data.statusReason());
    }
}
