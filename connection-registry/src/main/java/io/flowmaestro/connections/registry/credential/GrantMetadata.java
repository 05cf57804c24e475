package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ShownConfig;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What oauth-broker says of a grant beside its tokens, such as account and scopes. */
final class GrantMetadata {

    private GrantMetadata() {}

    /** An empty object where nothing is said. */
    static ObjectNode require(@Nullable JsonNode metadata) {
        if (metadata == null || metadata.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (metadata instanceof ObjectNode members && !StorableText.isUnstorable(members)) {
            return ShownConfig.in(members);
        }
        throw RegistryProblem.invalid(
                List.of(new Violation("metadata", "must be a JSON object without NUL characters")));
    }
}
