package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.verification.FactPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider puts the parts of its token answer. Paths are in the order in which they are tried.
 *
 * @param okPath a flag that says whether an HTTP 200 is a success
 * @param expiresAtIso an absolute expiry as ISO-8601, for providers that send no {@code expires_in}
 * @param expiresAtEpoch an absolute expiry in epoch seconds, likewise
 * @param scopeSeparator what separates granted scopes, where it is not what separates requested ones
 */
public record TokenResponseRules(
        @Nullable FactPath okPath,
        List<FactPath> accessToken,
        List<FactPath> refreshToken,
        List<FactPath> expiresIn,
        @Nullable FactPath expiresAtIso,
        @Nullable FactPath expiresAtEpoch,
        @Nullable String scopeSeparator,
        @Nullable FactPath accountId,
        @Nullable FactPath accountName) {

    /** RFC 6749, section 5.1. */
    public static final TokenResponseRules STANDARD = new TokenResponseRules(
            null,
            List.of(new FactPath("access_token")),
            List.of(new FactPath("refresh_token")),
            List.of(new FactPath("expires_in")),
            null,
            null,
            null,
            null,
            null);
}
