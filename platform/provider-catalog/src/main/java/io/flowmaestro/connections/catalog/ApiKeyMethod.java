package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key sent in headers, in the query or as HTTP Basic. {@code {key}} stands for the key, other {@code {variables}} for
 * fields and configuration variables.
 *
 * @param altQuery how the key could go into the query instead; never sent, since a header shows in fewer logs
 * @param optionalHeaders headers that users may want to add
 * @param pathSecret the key is part of the URL, which must be redacted wherever it shows
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKeyMethod(
        String base,
        Map<String, String> header,
        Map<String, String> query,
        @Nullable BasicPair basic,
        Map<String, String> altQuery,
        List<String> optionalHeaders,
        boolean pathSecret,
        @Nullable Verify verify,
        @Nullable Account account,
        Map<String, ConfigVariable> config,
        List<Field> fields,
        @Nullable String note,
        List<String> unverified,
        List<String> src) {

    public ApiKeyMethod {
        header = Defaults.map(header);
        query = Defaults.map(query);
        altQuery = Defaults.map(altQuery);
        optionalHeaders = Defaults.list(optionalHeaders);
        config = Defaults.map(config);
        fields = StandardFields.API_KEY.complete(Defaults.list(fields));
        unverified = Defaults.list(unverified);
        src = Defaults.list(src);
    }
}
