package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.flowmaestro.connections.http.Success;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes credentials as workers get them. */
@ApplicationScoped
class CredentialJson {

    private final ObjectWriter writer;

    CredentialJson(ObjectMapper json) {
        writer = json.writerFor(new TypeReference<Success<CredentialView>>() {});
    }

    String of(CredentialView credential) {
        try {
            return writer.writeValueAsString(Success.of(credential));
        } catch (JsonProcessingException unwritable) {
            // Without the cause: its words may repeat what could not be written.
            throw new IllegalStateException(credential + " cannot be written as JSON");
        }
    }
}
