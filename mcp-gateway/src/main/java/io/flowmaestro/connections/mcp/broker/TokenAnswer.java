package io.flowmaestro.connections.mcp.broker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.mcp.upstream.AccessToken;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record TokenAnswer(Data data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(
            String accessToken,
            long credentialVersion,
            @Nullable List<String> scope) {
        @Override
        public String toString() {
            return "Data[redacted]";
        }
    }

    AccessToken token() {
        return new AccessToken(
                data.accessToken(), data.credentialVersion(), Objects.requireNonNullElse(data.scope(), List.of()));
    }
}
