package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Envelopes are the vault's affair; here they only must be something that the vault can have made. */
final class Envelopes {

    private Envelopes() {}

    static ObjectNode require(@Nullable JsonNode envelope) {
        if (envelope instanceof ObjectNode sealed && sealed.has("ciphertext") && !StorableText.isUnstorable(sealed)) {
            return sealed;
        }
        throw RegistryProblem.invalid(List.of(new Violation("envelope", "must be an envelope of the vault's")));
    }
}
