package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.verification.Application;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to put the credential into an HTTP request: what a worker sends without knowing the provider. */
@RegisterForReflection
record Apply(
        Map<String, String> headers,
        Map<String, String> query,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String baseUrl) {

    static Apply of(Application application) {
        return new Apply(application.headers(), application.query(), application.baseUrl());
    }

    @Override
    public String toString() {
        return "Apply[redacted]";
    }
}
