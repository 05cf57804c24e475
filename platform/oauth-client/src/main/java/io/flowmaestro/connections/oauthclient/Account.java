package io.flowmaestro.connections.oauthclient;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is, as far as the provider says, in text that can be shown.
 *
 * @param variables what the connection keeps of the answer, such as the base of the API
 */
public record Account(@Nullable String id, @Nullable String name, Map<String, String> variables) {

    private static final Pattern SHOWABLE = Pattern.compile("(?!\\s*$)[^\\p{Cntrl}]{1,200}");

    static final Account UNKNOWN = new Account(null, null, Map.of());

    /** What is blank, too long or not plain text is left out. */
    static Account of(@Nullable String id, @Nullable String name) {
        return new Account(showable(id), showable(name), Map.of());
    }

    Account with(Map<String, String> learned) {
        return new Account(id, name, learned);
    }

    private static @Nullable String showable(@Nullable String text) {
        return text != null && SHOWABLE.matcher(text).matches() ? text : null;
    }

    Account or(Account other) {
        Map<String, String> both = new TreeMap<>(other.variables);
        both.putAll(variables);
        return new Account(id == null ? other.id : id, name == null ? other.name : name, both);
    }
}
