package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.registry.importing.LegacyEnvelopes.Form;
import io.flowmaestro.connections.registry.importing.LegacyEnvelopes.Renewed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run asks the vault: whether it is there, permits imports, and has the old keys. No envelope is sent to it, as one
 * that does not open is an alarm there.
 */
@ApplicationScoped
class VaultCheck {

    private static final String UNTOLD =
            "The vault is of an earlier version and cannot tell whether it has the old key; the real run will.";

    private final LegacyEnvelopes envelopes;

    VaultCheck(LegacyEnvelopes envelopes) {
        this.envelopes = envelopes;
    }

    /**
     * What the vault said.
     *
     * @param forms empty where it does not tell
     */
    record Told(Optional<List<Form>> forms) {

        /** What the vault would say of the row's envelope; null where it has the key for its form, or does not tell. */
        @Nullable
        Renewed refusal(JsonNode envelope) {
            for (Form form : forms.orElse(List.of())) {
                if (form.name().equals(formOf(envelope))) {
                    return form.refusal();
                }
            }
            return null;
        }

        /** What to know about a row that is not refused; null where there is nothing. */
        @Nullable
        String caveat() {
            return forms.isEmpty() ? UNTOLD : null;
        }

        private static String formOf(JsonNode envelope) {
            boolean isObject =
                    envelope.isObject() || envelope.asText("").strip().startsWith("{");
            return isObject ? "json" : "compact";
        }
    }

    /** Fails as a real run would while the vault is away, or does not permit imports. */
    Uni<Told> ask() {
        return envelopes.forms().map(Told::new);
    }
}
