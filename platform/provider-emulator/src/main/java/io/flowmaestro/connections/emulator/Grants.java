package io.flowmaestro.connections.emulator;

import io.flowmaestro.connections.catalog.Refresh;
import io.flowmaestro.connections.catalog.Rotation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Codes, access tokens and refresh tokens, each good for what the facts say. */
final class Grants {

    private final Refresh rules;
    private final Map<String, Grant> byCode = new HashMap<>();
    private final Map<String, Grant> byRefreshToken = new HashMap<>();
    private final Map<String, Grant> byAccessToken = new HashMap<>();
    private final Map<String, Integer> redemptions = new ConcurrentHashMap<>();
    private int issued;
    private @Nullable String newest;

    Grants(Refresh rules) {
        this.rules = rules;
    }

    Map<String, Integer> redemptions() {
        return Map.copyOf(redemptions);
    }

    String code(Grant grant) {
        String code = "code-" + ++issued;
        byCode.put(code, grant);
        return code;
    }

    /** A code is worth something once. */
    Optional<Grant> redeem(String code) {
        return Optional.ofNullable(byCode.remove(code));
    }

    String accessToken(Grant grant) {
        String token = "at." + ++issued + "~" + "x".repeat(40);
        grant.accessTokens.add(token);
        byAccessToken.put(token, grant);
        newest = token;
        return token;
    }

    String refreshToken(Grant grant) {
        String token = "rt/" + ++issued + "+=" + "y".repeat(40);
        if (grant.refreshToken != null) {
            grant.retired.add(grant.refreshToken);
        }
        grant.refreshToken = token;
        byRefreshToken.put(token, grant);
        return token;
    }

    /** The grant of a refresh token, unless it is spent: then its whole family is, where the facts do not tolerate it. */
    Optional<Grant> refresh(String token) {
        redemptions.merge(token, 1, Integer::sum);
        Grant grant = byRefreshToken.get(token);
        if (grant == null || grant.revoked) {
            return Optional.empty();
        }
        if (grant.retired.contains(token) && !tolerated()) {
            grant.revoke();
            return Optional.empty();
        }
        grant.refreshes++;
        return Optional.of(grant);
    }

    private boolean tolerated() {
        return rules.reuseTolerated() || rules.reuseLeewayS() != null || rules.previousRtValidUntilReplacementUsed();
    }

    /** Whether this refresh answers with a new refresh token: always, never, or every second time. */
    boolean rotates(Grant grant) {
        return switch (rules.rotates()) {
            case YES -> true;
            case NO, NONE -> false;
            case SOMETIMES -> grant.refreshes % 2 == 0;
        };
    }

    boolean hasRefreshTokens() {
        return rules.rotates() != Rotation.NONE;
    }

    /** For a provider that revokes by the account: there is one. */
    Optional<String> newest() {
        return Optional.ofNullable(newest);
    }

    Optional<Grant> ofAccessToken(String token) {
        return Optional.ofNullable(byAccessToken.get(token))
                .filter(grant -> !grant.revoked && grant.accessTokens.contains(token));
    }

    Optional<Grant> ofAnyToken(String token) {
        return ofAccessToken(token)
                .or(() -> Optional.ofNullable(byRefreshToken.get(token)).filter(grant -> !grant.revoked));
    }
}
