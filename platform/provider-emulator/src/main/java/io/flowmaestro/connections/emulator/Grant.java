package io.flowmaestro.connections.emulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user agreed to, and the tokens that came of it: one family. */
final class Grant {

    final List<String> scopes;
    final List<String> extraScopes;
    final @Nullable String challenge;
    final Set<String> accessTokens = new HashSet<>();
    final Set<String> retired = new HashSet<>();

    @Nullable
    String refreshToken;

    int refreshes;
    boolean revoked;

    Grant(List<String> scopes, List<String> extraScopes, @Nullable String challenge) {
        this.scopes = scopes;
        this.extraScopes = extraScopes;
        this.challenge = challenge;
    }

    void revoke() {
        revoked = true;
        accessTokens.clear();
    }
}
