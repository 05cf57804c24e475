package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable in the provider's URLs, written {@code {name}} there, for example a tenant or a host.
 *
 * @param pattern regular expression for the whole value; a variable in a URL's host needs it, or {@code values}
 * @param alternatives suggestions beside the default; {@code values} are the only ones allowed
 * @param fromKeySuffixAfter the value is the part of the API key after the last of this character
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigVariable(
        @Nullable String label,
        @Nullable String hint,
        @JsonProperty("default") @Nullable String defaultValue,
        List<String> values,
        List<String> alternatives,
        boolean required,
        @Nullable String pattern,
        @Nullable String fromKeySuffixAfter,
        @Nullable String note) {

    public ConfigVariable {
        values = Defaults.list(values);
        alternatives = Defaults.list(alternatives);
    }

    Field asField(String name) {
        return new Field(name, label, hint == null ? note : hint, false, required, pattern, values, defaultValue);
    }
}
