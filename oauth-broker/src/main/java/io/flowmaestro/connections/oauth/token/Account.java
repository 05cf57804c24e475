package io.flowmaestro.connections.oauth.token;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whose connection it is, as far as the provider says, in text that can be shown. */
public record Account(@Nullable String id, @Nullable String name) {

    private static final Pattern SHOWABLE = Pattern.compile("(?!\\s*$)[^\\p{Cntrl}]{1,200}");

    static final Account UNKNOWN = new Account(null, null);

    /** What is blank, too long or not plain text is left out. */
    static Account of(@Nullable String id, @Nullable String name) {
        return new Account(showable(id), showable(name));
    }

    private static @Nullable String showable(@Nullable String text) {
        return text != null && SHOWABLE.matcher(text).matches() ? text : null;
    }

    Account or(Account other) {
        return new Account(id == null ? other.id : id, name == null ? other.name : name);
    }
}
