package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowmaestro.connections.registry.importing.LegacyEnvelopes.Legacy;
import io.flowmaestro.connections.registry.importing.LegacyEnvelopes.Renewed;
import io.flowmaestro.connections.registry.provider.ClientRecords;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run asks the vault: whether it is there, permits imports, and has the old keys. It is asked with an envelope of
 * each form that was made by no key, for the suite itself, so that no row's secret is opened and no user gets a key.
 */
@ApplicationScoped
class VaultCheck {

    private static final String KEY_MISSING = "legacy-key-missing";
    private static final String SIXTEEN_BYTES = "00".repeat(16);
    private static final UUID NO_CONNECTION = new UUID(0, 0);

    private static final JsonNode OBJECT = JsonNodeFactory.instance
            .objectNode()
            .put("iv", SIXTEEN_BYTES)
            .put("data", "00")
            .put("authTag", SIXTEEN_BYTES);

    private static final JsonNode COMPACT = TextNode.valueOf(Base64.getEncoder().encodeToString(new byte[33]));

    private final LegacyEnvelopes envelopes;

    VaultCheck(LegacyEnvelopes envelopes) {
        this.envelopes = envelopes;
    }

    /**
     * Which keys the vault lacks.
     *
     * @param object what it says of envelopes that are JSON objects, null where it has their key
     * @param compact the same of those that are one base64 text
     */
    record Missing(@Nullable Renewed object, @Nullable Renewed compact) {

        /** What the vault would say of the row's envelope; null where it has the key for its form. */
        @Nullable
        Renewed of(JsonNode envelope) {
            boolean isObject =
                    envelope.isObject() || envelope.asText("").strip().startsWith("{");
            return isObject ? object : compact;
        }
    }

    /** Fails as a real run would while the vault is away, or does not permit imports. */
    Uni<Missing> ask() {
        return envelopes
                .renew(
                        ClientRecords.KEY_SCOPE,
                        List.of(new Legacy(NO_CONNECTION, OBJECT), new Legacy(NO_CONNECTION, COMPACT)))
                .map(answers -> new Missing(missing(answers.getFirst()), missing(answers.getLast())));
    }

    /** That it does not open is what a vault with the key says, too. */
    private static @Nullable Renewed missing(Renewed answer) {
        return KEY_MISSING.equals(answer.code()) ? answer : null;
    }
}
