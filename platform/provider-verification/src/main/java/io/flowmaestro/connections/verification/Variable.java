package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.catalog.ConfigVariable;
import io.flowmaestro.connections.catalog.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a name in braces.
 *
 * @param values the only ones allowed; empty where that is open
 * @param pattern regular expression for the whole value
 * @param fromKeySuffixAfter the value is the part of the API key after the last of this character
 */
public record Variable(
        @Nullable String defaultValue,
        List<String> values,
        @Nullable String pattern,
        @Nullable String fromKeySuffixAfter) {

    static final Variable OPEN = new Variable(null, List.of(), null, null);

    static Variable withDefault(String value) {
        return new Variable(value, List.of(), null, null);
    }

    static Variable like(String pattern) {
        return new Variable(null, List.of(), pattern, null);
    }

    static Map<String, Variable> all(List<Field> fields, Map<String, ConfigVariable> config) {
        Map<String, Variable> all = new LinkedHashMap<>();
        fields.forEach(field ->
                all.put(field.name(), new Variable(field.defaultValue(), field.values(), field.pattern(), null)));
        config.forEach((name, variable) -> all.put(
                name,
                new Variable(
                        variable.defaultValue(),
                        variable.values(),
                        variable.pattern(),
                        variable.fromKeySuffixAfter())));
        return all;
    }

    /** A value that the file does not allow could send the credential to a host of somebody's choice. */
    boolean allows(String value) {
        return (values.isEmpty() || values.contains(value)) && (pattern == null || Pattern.matches(pattern, value));
    }

    /** What the key itself says, where it does. */
    @Nullable
    String within(@Nullable String key) {
        if (key == null || fromKeySuffixAfter == null || !key.contains(fromKeySuffixAfter)) {
            return null;
        }
        return key.substring(key.lastIndexOf(fromKeySuffixAfter) + fromKeySuffixAfter.length());
    }
}
