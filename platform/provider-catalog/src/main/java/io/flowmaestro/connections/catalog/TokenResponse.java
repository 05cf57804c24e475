package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a token answer differs from RFC 6749. Values are dotted paths; of several, the first that is there counts.
 *
 * @param okPath a boolean that must be true; some providers report failures with HTTP 200
 * @param errorIn200 an {@code error} member marks a failure even with HTTP 200
 * @param grantErrors error codes of a dead refresh token, where they are the provider's own
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenResponse(
        @Nullable String okPath,
        @JsonProperty("error_in_200") boolean errorIn200,
        List<String> grantErrors,
        List<String> accessToken,
        List<String> refreshToken,
        List<String> expiresIn,
        @Nullable String expiresAtEpoch,
        @Nullable String expiresAtIso,
        @Nullable String rtTtl,
        @Nullable String scopeSeparator,
        boolean scopeIsArray,
        @Nullable String accountId,
        @Nullable String accountName,
        @Nullable String botId,
        @Nullable String apiBase,
        @Nullable String apiHost) {

    static final TokenResponse STANDARD = new TokenResponse(
            null, false, List.of(), List.of(), List.of(), List.of(), null, null, null, null, false, null, null, null,
            null, null);

    public TokenResponse {
        grantErrors = Defaults.list(grantErrors);
        accessToken = Defaults.list(accessToken);
        refreshToken = Defaults.list(refreshToken);
        expiresIn = Defaults.list(expiresIn);
    }
}
