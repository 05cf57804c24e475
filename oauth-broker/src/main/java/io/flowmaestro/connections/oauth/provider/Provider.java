package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.verification.ApplyRules;
import org.jspecify.annotations.Nullable;

/**
 * What the broker needs of a catalogue entry. A method that the provider does not offer is null.
 *
 * @param apiKey how its API takes a key
 * @param basicAuth how it takes a user name and a password
 * @param custom where headers of the user's own go
 */
public record Provider(
        String key,
        String name,
        @Nullable OAuthSettings oauth,
        @Nullable ApplyRules apiKey,
        @Nullable ApplyRules basicAuth,
        @Nullable ApplyRules custom) {

    /**
     * How the provider does OAuth.
     *
     * @throws ProblemException for a provider that has no OAuth method
     */
    public OAuthSettings requireOAuth() {
        if (oauth == null) {
            throw new ProblemException(
                    OAuthProblem.PROVIDER_NOT_FOUND,
                    "The provider " + key + " has no OAuth method. Connect it with one of its other methods.");
        }
        return oauth;
    }
}
