package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the provider's refresh tokens behave. Times are seconds; an absent one is not documented.
 *
 * @param rotates whether a refresh answers with a new refresh token that kills the old one
 * @param onlyIf condition under which there is a refresh token at all
 * @param reuseTolerated an old refresh token may be sent again without harm
 * @param reuseLeewayS for how long after a rotation the old one still works
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Refresh(
        Rotation rotates,
        @Nullable String onlyIf,
        @Nullable Long accessTtlS,
        @Nullable Long rtTtlS,
        @Nullable Long rtHardTtlS,
        boolean rtSliding,
        boolean reuseTolerated,
        @Nullable Long reuseLeewayS,
        boolean previousRtValidUntilReplacementUsed,
        @Nullable Exchange exchange) {

    static final Refresh UNKNOWN =
            new Refresh(Rotation.SOMETIMES, null, null, null, null, false, false, null, false, null);

    public Refresh {
        rotates = Defaults.value(rotates, Rotation.SOMETIMES);
    }

    /** A call of the provider's own which takes the place of a refresh. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exchange(String method, String url, Map<String, String> params) {
        public Exchange {
            params = Defaults.map(params);
        }
    }
}
