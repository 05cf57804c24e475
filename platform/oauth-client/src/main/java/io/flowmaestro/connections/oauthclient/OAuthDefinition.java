package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.oauthclient.OAuthSettings.ClientAuthentication;
import io.flowmaestro.connections.verification.ApplyRules;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A provider's OAuth facts as the catalogue has them, with the names of its variables still open. */
public record OAuthDefinition(OAuth2Method facts) {

    /** Tolerant of what a newer catalogue knows besides; a value that it cannot know is an error all the same. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads the {@code oauth2} block of a catalogue entry.
     *
     * @throws IllegalArgumentException for a block that cannot be understood
     */
    public static OAuthDefinition read(JsonNode block) {
        try {
            return new OAuthDefinition(JSON.treeToValue(block, OAuth2Method.class));
        } catch (JsonProcessingException notUnderstood) {
            throw new IllegalArgumentException("not an OAuth method: " + notUnderstood.getOriginalMessage());
        }
    }

    public ClientAuthentication clientAuthentication() {
        return SettingsReading.authentication(facts);
    }

    /** How the access token goes into API calls. */
    public ApplyRules apply() {
        return ApplyRules.of(facts);
    }

    /** Names of the variables that a user chooses. The others are the provider's to tell, and nobody else's. */
    public Set<String> choosable() {
        return new VariableRules(facts).choosable();
    }

    /** Whether {@link IssuerDiscovery} has to complete it before there are settings. */
    public boolean needsDiscovery() {
        return facts.discover();
    }

    /**
     * The settings with which a flow begins.
     *
     * @param chosen by the user, by name
     * @throws VariablesRefused naming the variables that are missing, not for a user to choose or not what the catalogue
     *     allows
     */
    public OAuthSettings begin(Map<String, String> chosen) {
        new VariableRules(facts).requireChoosable(chosen);
        return settings(chosen);
    }

    /**
     * The settings with these variables; the others have their defaults.
     *
     * @param variables by name: what a user chose, and what callback and token answer told
     * @throws VariablesRefused naming the variables that are missing, unknown or not what the catalogue allows
     */
    public OAuthSettings settings(Map<String, String> variables) {
        return SettingsReading.of(facts, new VariableRules(facts).resolve(variables));
    }

    /**
     * The settings of a connection: its data holds the variables.
     *
     * @throws VariablesRefused where the catalogue no longer allows one of them
     */
    public OAuthSettings settings(OAuthTokens tokens) {
        Map<String, String> own = new TreeMap<>();
        for (String name : new VariableRules(facts).known()) {
            JsonNode value = tokens.fields().path(name);
            if (value.isTextual()) {
                own.put(name, value.textValue());
            }
        }
        return settings(own);
    }

    /**
     * The variables with which a code is exchanged: those that the flow began with, and those that the callback tells.
     *
     * @param query the callback's parameters, each of which came once
     * @throws VariablesRefused naming the parameter that is missing, forged or not of the provider's
     */
    public Map<String, String> learn(Map<String, String> chosen, Map<String, String> query, ClientCredentials client) {
        Map<String, String> learned = new CallbackVariables(facts).learn(chosen, query, client);
        return new VariableRules(facts).resolve(learned);
    }

    /** Names of the variables that a connection of the provider may have. */
    public Set<String> variables() {
        return new VariableRules(facts).known();
    }

    /** Whether tokens are the client's own (RFC 6749, 4.4), so that nobody signs in. */
    public boolean isOfTheClient() {
        return SettingsReading.isOfTheClient(facts);
    }

    /** Where tokens are renewed, unless that depends on the connection. */
    public Optional<String> commonRenewalUrl() {
        String url = SettingsReading.renewalUrl(facts);
        return UrlTemplate.names(url).isEmpty() ? Optional.of(url) : Optional.empty();
    }

    /** Whether sending the same request again, whenever that is, does no harm and may bring the answer that was lost. */
    public boolean reuseTolerated() {
        var refresh = facts.refresh();
        return isOfTheClient() || refresh.reuseTolerated() || refresh.previousRtValidUntilReplacementUsed();
    }

    /** For how long after a refresh token was first redeemed the same holds of it; zero where that is for no time. */
    public Duration reuseLeeway() {
        return Duration.ofSeconds(Objects.requireNonNullElse(facts.refresh().reuseLeewayS(), 0L));
    }
}
