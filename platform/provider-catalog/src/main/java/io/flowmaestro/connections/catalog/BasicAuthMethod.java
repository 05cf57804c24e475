package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user name and a password, for an HTTP API ({@code base}) or for a database, which cannot be verified. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BasicAuthMethod(
        @Nullable String base,
        @Nullable BasicPair basic,
        @Nullable Verify verify,
        Map<String, ConfigVariable> config,
        List<Field> fields,
        @Nullable String note,
        List<String> unverified,
        List<String> src) {

    public BasicAuthMethod {
        config = Defaults.map(config);
        fields = StandardFields.BASIC_AUTH.complete(Defaults.list(fields));
        unverified = Defaults.list(unverified);
        src = Defaults.list(src);
    }
}
