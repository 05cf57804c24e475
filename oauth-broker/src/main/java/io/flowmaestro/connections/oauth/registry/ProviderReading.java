package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.oauth.provider.AccountRules;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.TokenResponseRules;
import io.flowmaestro.connections.verification.FactPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a catalogue entry into what the broker works with: defaults filled in, variables replaced by theirs. */
final class ProviderReading {

    private ProviderReading() {}

    static Provider of(ProviderWire wire) {
        var methods = wire.methods();
        return new Provider(
                wire.key(),
                wire.name() == null ? wire.key() : wire.name(),
                methods == null || methods.oauth2() == null ? null : oauth(methods.oauth2()),
                methods == null || methods.apiKey() == null ? null : ApplyReading.of(methods.apiKey()),
                methods == null || methods.basicAuth() == null ? null : ApplyReading.of(methods.basicAuth()),
                methods == null || methods.custom() == null ? null : ApplyReading.of(methods.custom()));
    }

    private static OAuthSettings oauth(ProviderWire.OAuth2 wire) {
        var variables = defaults(wire.config());
        String token = filled(wire.token(), variables);
        return new OAuthSettings(
                filled(wire.authorize(), variables),
                token,
                wire.refreshUrl() == null ? token : filled(wire.refreshUrl(), variables),
                wire.issuer(),
                Boolean.TRUE.equals(wire.authorizationResponseIssParameterSupported()),
                list(wire.defaultScopes()),
                wire.scopeSeparator() == null ? " " : wire.scopeSeparator(),
                Boolean.TRUE.equals(wire.noScope()),
                "rejected".equals(wire.pkce()),
                authentication(wire.tokenAuth()),
                "json".equals(wire.tokenBody()) ? OAuthSettings.TokenBody.JSON : OAuthSettings.TokenBody.FORM,
                map(wire.authorizeParams()),
                map(wire.tokenParams()),
                map(wire.refreshParams()),
                Set.copyOf(list(wire.omitParams())),
                rules(wire.tokenResponse()),
                account(wire.account(), variables),
                ApplyReading.of(wire));
    }

    private static OAuthSettings.ClientAuthentication authentication(@Nullable String tokenAuth) {
        return switch (tokenAuth == null ? "body" : tokenAuth) {
            case "basic" -> OAuthSettings.ClientAuthentication.BASIC;
            case "none" -> OAuthSettings.ClientAuthentication.NONE;
            default -> OAuthSettings.ClientAuthentication.BODY;
        };
    }

    private static TokenResponseRules rules(ProviderWire.@Nullable TokenResponse wire) {
        var standard = TokenResponseRules.STANDARD;
        if (wire == null) {
            return standard;
        }
        return new TokenResponseRules(
                path(wire.okPath()),
                paths(wire.accessToken(), standard.accessToken()),
                paths(wire.refreshToken(), standard.refreshToken()),
                paths(wire.expiresIn(), standard.expiresIn()),
                path(wire.expiresAtIso()),
                path(wire.expiresAtEpoch()),
                wire.scopeSeparator(),
                path(wire.accountId()),
                path(wire.accountName()));
    }

    private static @Nullable AccountRules account(ProviderWire.@Nullable Account wire, Map<String, String> variables) {
        if (wire == null || wire.url() == null) {
            return null;
        }
        return new AccountRules(
                wire.method() == null ? "GET" : wire.method(),
                filled(wire.url(), variables),
                map(wire.headers()),
                map(wire.json()),
                path(wire.id()),
                path(wire.name()));
    }

    private static Map<String, String> defaults(@Nullable Map<String, ProviderWire.Variable> config) {
        Map<String, String> defaults = new HashMap<>();
        if (config != null) {
            config.forEach((name, variable) -> {
                if (variable.defaultValue() != null) {
                    defaults.put(name, variable.defaultValue());
                }
            });
        }
        return defaults;
    }

    private static String filled(String template, Map<String, String> variables) {
        String filled = template;
        for (var variable : variables.entrySet()) {
            filled = filled.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return filled;
    }

    private static List<FactPath> paths(@Nullable List<String> wire, List<FactPath> otherwise) {
        return wire == null || wire.isEmpty()
                ? otherwise
                : wire.stream().map(FactPath::new).toList();
    }

    private static @Nullable FactPath path(@Nullable String wire) {
        return wire == null ? null : new FactPath(wire);
    }

    private static List<String> list(@Nullable List<String> wire) {
        return wire == null ? List.of() : List.copyOf(wire);
    }

    private static Map<String, String> map(@Nullable Map<String, String> wire) {
        return wire == null ? Map.of() : new LinkedHashMap<>(wire);
    }
}
