package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field that a method takes beside the standard ones, for example an account SID.
 *
 * @param secret kept sealed and never shown; others also show in {@code metadata.config}
 * @param pattern regular expression for the whole value
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Field(
        String name,
        @Nullable String label,
        @Nullable String hint,
        boolean secret,
        boolean required,
        @Nullable String pattern,
        List<String> values,
        @JsonProperty("default") @Nullable String defaultValue) {

    public Field {
        values = Defaults.list(values);
    }

    /** The declared fields, then the configuration variables as public fields of the same names. */
    static List<Field> all(List<Field> fields, Map<String, ConfigVariable> config) {
        return Stream.concat(
                        fields.stream(),
                        config.entrySet().stream()
                                .map(variable -> variable.getValue().asField(variable.getKey())))
                .toList();
    }
}
