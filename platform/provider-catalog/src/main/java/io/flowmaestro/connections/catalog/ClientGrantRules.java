package io.flowmaestro.connections.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a method may not say whose tokens are the client's own (RFC 6749, 4.4): there is no user, no browser and no refresh token. */
final class ClientGrantRules {

    private final Problems problems;

    ClientGrantRules(Problems problems) {
        this.problems = problems;
    }

    void check(String at, OAuth2Method oauth2) {
        problems.addIf(
                oauth2.tokenAuth() == TokenAuth.NONE,
                at + "token_auth",
                "none proves nothing, and the token is for whoever is the client; give basic, body or private_key_jwt");
        ofAFlow(oauth2)
                .forEach((key, given) -> problems.addIf(
                        given, at + key, "belongs to a sign-in, and client_credentials has none; leave it out"));
        problems.addIf(
                !oauth2.callbackParams().isEmpty(),
                at + "callback_params",
                "belongs to a sign-in, and client_credentials has none; leave it out");
        Refresh refresh = oauth2.refresh();
        problems.addIf(
                oauth2.refreshUrl() != null
                        || !oauth2.refreshParams().isEmpty()
                        || !oauth2.refreshRepeats().isEmpty()
                        || refresh.exchange() != null
                        || refresh.rtTtlS() != null
                        || refresh.reuseTolerated()
                        || refresh.reuseLeewayS() != null,
                at + "refresh",
                "may say access_ttl_s only: client_credentials has no refresh tokens, the same request is made again");
    }

    private static Map<String, Boolean> ofAFlow(OAuth2Method oauth2) {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        keys.put("authorize", oauth2.authorize() != null && !oauth2.discover());
        keys.put("par", oauth2.par() != null && !oauth2.discover());
        // The token is the client's, and other connections may hold the very same one.
        keys.put("revoke", oauth2.revoke() != null && !oauth2.discover());
        keys.put("authorize_params", !oauth2.authorizeParams().isEmpty());
        keys.put("omit_params", !oauth2.omitParams().isEmpty());
        keys.put("extra_scope_param", oauth2.extraScopeParam() != null);
        return keys;
    }
}
