package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.verification.FactPath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider puts the parts of its token answer. Paths are in the order in which they are tried.
 *
 * @param okPath a flag that says whether an HTTP 200 is a success
 * @param grantErrors the provider's own codes of a dead refresh token, in lower case
 * @param expiresAtIso an absolute expiry as ISO-8601, for providers that send no {@code expires_in}
 * @param expiresAtEpoch an absolute expiry in epoch seconds, likewise
 * @param scopeSeparator what separates granted scopes, where it is not what separates requested ones
 * @param apiBase where the answer tells the base of the API
 * @param apiHost where it tells the API's host
 */
public record TokenResponseRules(
        @Nullable FactPath okPath,
        Set<String> grantErrors,
        List<FactPath> accessToken,
        List<FactPath> refreshToken,
        List<FactPath> expiresIn,
        @Nullable FactPath expiresAtIso,
        @Nullable FactPath expiresAtEpoch,
        @Nullable String scopeSeparator,
        @Nullable FactPath accountId,
        @Nullable FactPath accountName,
        @Nullable FactPath apiBase,
        @Nullable FactPath apiHost) {}
