package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauthclient.Account;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a provider has granted, ready to be stored.
 *
 * @param refreshable whether there is anything to renew the tokens with
 */
record Exchanged(OAuthTokens tokens, boolean refreshable, Account account) {

    /** @param asked scopes that were asked for, which count where the provider does not say what it granted */
    static Exchanged of(OAuthSettings settings, TokenGrant grant, Account account, List<String> asked) {
        OAuthTokens tokens = grant.tokens(asked).with(account.variables());
        return new Exchanged(tokens, tokens.isRenewable(settings), account);
    }

    /** The same with scopes of a second kind that were asked for. */
    Exchanged withExtraScopes(List<String> extra) {
        return extra.isEmpty()
                ? this
                : new Exchanged(
                        tokens.with(Map.of(TokenData.EXTRA_SCOPES, String.join(" ", extra))), refreshable, account);
    }

    /** @param kept as {@link #withExtraScopes} leaves them in the data */
    static List<String> extraScopes(String kept) {
        return kept.isBlank() ? List.of() : List.of(kept.strip().split(" +"));
    }

    /** What may be shown of it. */
    Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<String, String> known = new LinkedHashMap<>();
        if (account.id() != null) {
            known.put("id", account.id());
        }
        if (account.name() != null) {
            known.put("name", account.name());
        }
        if (!known.isEmpty()) {
            metadata.put("account", known);
        }
        metadata.put("scopes", tokens.scope());
        McpAuthorization.in(tokens.fields()).ifPresent(authorization -> {
            metadata.put("config", authorization.shown());
            metadata.put("authorization_server", authorization.issuer());
        });
        return metadata;
    }
}
