package io.flowmaestro.connections.production;

import java.util.Optional;

/** Finds an audience with which tokens for anybody would be taken: none at all, or the word that Quarkus has for that. */
final class AudienceCheck {

    /** Of services that check it themselves, for each path. */
    static final String OWN_KEY = "connections.mcp.access.audience";

    static final String KEY = "quarkus.oidc.token.audience";

    private AudienceCheck() {}

    /** @param name what the operator calls the setting */
    static Optional<String> complaint(String name, String audience) {
        return audience.isBlank() || audience.strip().equalsIgnoreCase("any")
                ? Optional.of(
                        name + " must be the audience of the suite's tokens, such as connections: an empty one, or any,"
                                + " would let in whoever has a token for something else.")
                : Optional.empty();
    }
}
