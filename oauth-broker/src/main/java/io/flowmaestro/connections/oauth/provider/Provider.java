package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthDefinition;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.VariablesRefused;
import io.flowmaestro.connections.verification.ApplyRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
        @Nullable OAuthDefinition oauth,
        @Nullable ApplyRules apiKey,
        @Nullable ApplyRules basicAuth,
        @Nullable ApplyRules custom) {

    /**
     * The provider's OAuth facts.
     *
     * @throws ProblemException for a provider that has no OAuth method
     */
    public OAuthDefinition requireDefinition() {
        if (oauth == null) {
            throw new ProblemException(
                    OAuthProblem.PROVIDER_NOT_FOUND,
                    "The provider " + key + " has no OAuth method. Connect it with one of its other methods.");
        }
        return oauth;
    }

    /** The same provider with other OAuth facts. */
    Provider with(OAuthDefinition other) {
        return new Provider(key, name, other, apiKey, basicAuth, custom);
    }

    /**
     * How the provider does OAuth in a flow that begins with these variables.
     *
     * @throws ProblemException for a provider that has no OAuth method, and for variables that are missing, not allowed or
     *     not for a user to choose
     */
    public OAuthSettings begin(Map<String, String> chosen) {
        return allowed(OAuthProblem.PARAMETER_INVALID, () -> requireDefinition().begin(chosen));
    }

    /** The same with variables that are known already. */
    public OAuthSettings settings(Map<String, String> variables) {
        return allowed(OAuthProblem.PARAMETER_INVALID, () -> requireDefinition().settings(variables));
    }

    /** The same for a connection, whose data holds the variables. */
    public OAuthSettings settings(OAuthTokens tokens) {
        return allowed(OAuthProblem.PARAMETER_INVALID, () -> requireDefinition().settings(tokens));
    }

    /** The variables of a flow, and those that the callback tells. */
    public Map<String, String> learn(Map<String, String> chosen, Map<String, String> query, ClientCredentials client) {
        return allowed(OAuthProblem.CALLBACK_INVALID, () -> requireDefinition().learn(chosen, query, client));
    }

    private <T> T allowed(OAuthProblem otherwise, Supplier<T> use) {
        try {
            return use.get();
        } catch (VariablesRefused refused) {
            throw new ProblemException(
                    otherwise, "%s needs other parameters: %s".formatted(name, refused.getMessage()));
        }
    }

    /** Those of the fields that a user may choose. */
    public Map<String, String> choosable(Map<String, String> fields) {
        return only(fields, requireDefinition().choosable());
    }

    /** Those of the fields that are variables of this provider, whoever told them. */
    public Map<String, String> known(Map<String, String> fields) {
        return only(fields, requireDefinition().variables());
    }

    private static Map<String, String> only(Map<String, String> fields, Set<String> names) {
        Map<String, String> known = new HashMap<>(fields);
        known.keySet().retainAll(names);
        return known;
    }
}
