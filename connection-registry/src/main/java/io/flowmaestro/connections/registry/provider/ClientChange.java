package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.data.TextRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request does to the OAuth client that is registered for a provider. */
sealed interface ClientChange {

    /** Nothing was said of it. */
    record Keep() implements ClientChange {}

    /** There is to be none. */
    record Remove() implements ClientChange {}

    /** In place of whatever there is; the secret is empty for a client that has none. */
    record Register(String clientId, Optional<Secret> secret) implements ClientChange {}

    /** No secret was sent: the one that is there stays, if it is of this client. */
    record Rename(String clientId) implements ClientChange {}

    /** As the audit trail calls it. */
    default String wire() {
        return switch (this) {
            case Keep keep -> "kept";
            case Remove remove -> "removed";
            case Register register -> "set";
            case Rename rename -> "set";
        };
    }

    Set<String> FIELDS = Set.of("client_id", "client_secret");
    TextRule CLIENT_ID = TextRule.text(1024);

    /** Reads the member {@code client}, which is absent, null or an object; {@link Keep} after a violation. */
    static ClientChange read(@Nullable JsonNode client, List<Violation> violations) {
        if (client == null) {
            return new Keep();
        }
        if (client.isNull()) {
            return new Remove();
        }
        if (!(client instanceof ObjectNode object)) {
            violations.add(
                    new Violation("client", "must be an object with client_id and, where there is one, client_secret"));
            return new Keep();
        }
        object.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                violations.add(
                        new Violation("client", "holds an unknown field; allowed are: client_id, client_secret"));
            }
        });
        String id = text(object, "client_id", CLIENT_ID, violations);
        JsonNode secret = object.get("client_secret");
        if (id == null) {
            return new Keep();
        }
        if (secret == null) {
            return new Rename(id);
        }
        return new Register(
                id,
                secret.isNull()
                        ? Optional.empty()
                        : Optional.ofNullable(text(object, "client_secret", TextRule.SECRET, violations))
                                .map(Secret::new));
    }

    private static @Nullable String text(ObjectNode client, String field, TextRule rule, List<Violation> violations) {
        JsonNode value = client.get(field);
        Optional<String> refusal =
                value == null || !value.isTextual() ? Optional.of("must be a text") : rule.refuse(value.textValue());
        refusal.ifPresent(message -> violations.add(new Violation("client." + field, message)));
        return refusal.isPresent() || value == null ? null : value.textValue();
    }
}
