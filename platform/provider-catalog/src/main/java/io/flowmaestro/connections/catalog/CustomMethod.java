package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers of the user's own. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomMethod(
        @Nullable String base,
        @Nullable Verify verify,
        Map<String, ConfigVariable> config,
        List<Field> fields,
        @Nullable String note) {

    public CustomMethod {
        config = Defaults.map(config);
        fields = StandardFields.CUSTOM.complete(Defaults.list(fields));
    }
}
