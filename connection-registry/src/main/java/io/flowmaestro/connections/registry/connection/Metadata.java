package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection's metadata: the user's own members, and those that the suite writes. */
final class Metadata {

    static final String CONFIG = "config";
    static final String SERVER_INFO = "server_info";

    /** Whose account it is, as the provider says: {@code id}, {@code name}, {@code email}. */
    static final String ACCOUNT = "account";

    private static final Set<String> OURS = Set.of(CONFIG, SERVER_INFO, ACCOUNT);
    /** What oauth-broker brings with a grant. */
    private static final Set<String> OF_THE_GRANT = Set.of("scopes", "authorization_server");

    private static final int MAX_BYTES = 16 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private Metadata() {}

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static ObjectNode parse(String stored) {
        try {
            return (ObjectNode) JSON.readTree(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored metadata is no JSON", impossible);
        }
    }

    /** The user's metadata, or an empty object after a violation. Its size is looked at when it is merged. */
    static ObjectNode read(@Nullable JsonNode given, List<Violation> violations) {
        if (given == null) {
            return empty();
        }
        if (!(given instanceof ObjectNode metadata)) {
            violations.add(new Violation("metadata", "must be a JSON object"));
            return empty();
        }
        if (StorableText.isUnstorable(metadata)) {
            violations.add(new Violation(
                    "metadata",
                    "must hold no NUL characters, unpaired surrogates or numbers out of range, and at most 32 levels"));
        }
        return metadata;
    }

    /**
     * The stored metadata with a user's changes: members are merged at every level, null removes one (RFC 7396).
     * A client that sends back what it got may repeat the registry's members, but not change them.
     */
    static ObjectNode merge(ObjectNode stored, ObjectNode changes, List<Violation> violations) {
        for (String ours : OURS) {
            if (changes.has(ours) && !Objects.equals(changes.get(ours), stored.get(ours))) {
                violations.add(new Violation("metadata." + ours, "is written by the registry; leave it out"));
            }
        }
        ObjectNode merged = mergeInto(stored.deepCopy(), changes);
        checkSize(byUsers(merged, stored, changes), violations);
        return merged;
    }

    /** Without what others wrote: nobody could make that smaller. */
    private static ObjectNode byUsers(ObjectNode merged, ObjectNode stored, ObjectNode changes) {
        ObjectNode theirs = merged.deepCopy().remove(OURS);
        OF_THE_GRANT.stream()
                .filter(name -> !changes.has(name) || changes.get(name).equals(stored.get(name)))
                .forEach(theirs::remove);
        return theirs;
    }

    private static ObjectNode mergeInto(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode inner) {
                ObjectNode base = target.get(change.getKey()) instanceof ObjectNode present ? present : empty();
                target.set(change.getKey(), mergeInto(base, inner));
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
        return target;
    }

    static void checkSize(JsonNode metadata, List<Violation> violations) {
        if (metadata.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            violations.add(new Violation("metadata", "must be at most %d bytes of JSON".formatted(MAX_BYTES)));
        }
    }
}
