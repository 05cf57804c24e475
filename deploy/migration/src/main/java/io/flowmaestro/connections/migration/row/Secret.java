package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.migration.source.Field;
import io.flowmaestro.connections.migration.source.SourceRow;

/** A row's sealed secret and the method that says what is in it, its own or those of the row that it points to. */
record Secret(String method, JsonNode envelope) {

    static Secret of(SourceRow row) {
        row.secrets().ifPresent(linked -> requireOwn(row, linked));
        String column = row.ownOrLinked(Field.ENVELOPE)
                .orElseThrow(
                        () -> new RowRefused(
                                "secret-missing",
                                "Neither the row nor a credential that it points to holds a secret. Its owner has to connect anew."));
        String method = method(row);
        if (method.equals("oauth2") && row.value(Field.ENVELOPE).isEmpty()) {
            throw new RowRefused(
                    "shares-oauth-tokens",
                    "It uses the tokens of the credential %s, and of two connections with the same tokens the first to refresh cuts the other off. Have its workflow nodes refer to that id instead."
                            .formatted(row.secrets().orElseThrow().id()));
        }
        return new Secret(method, envelope(column));
    }

    private static String method(SourceRow row) {
        return Normalised.method(row.ownOrLinked(Field.METHOD).orElse(""))
                .orElseThrow(() -> new RowRefused(
                        "method-unknown",
                        "The method is none of api_key, oauth2, basic_auth, custom and mcp, in no known spelling."));
    }

    private static JsonNode envelope(String column) {
        return LegacyEnvelope.of(column)
                .orElseThrow(
                        () -> new RowRefused(
                                "not-sealed",
                                "The secret is in no known sealed form; one that lies open is not sent anywhere. Its owner has to connect anew."));
    }

    /** Whoever can point to a credential must not get it. */
    private static void requireOwn(SourceRow row, SourceRow.Secrets linked) {
        String owner = linked.values().getOrDefault(Field.USER, "");
        if (!owner.equalsIgnoreCase(row.value(Field.USER).orElse(""))) {
            throw new RowRefused("credential-of-another-user", "The credential it points to belongs to another user.");
        }
    }
}
