package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import org.jspecify.annotations.Nullable;

/** What the broker needs of a catalogue entry. */
public record Provider(
        String key,
        String name,
        @Nullable OAuthSettings oauth,
        @Nullable ApiKeySettings apiKey) {

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
