package io.flowmaestro.connections.settings;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an operator calls a setting. */
public final class SettingName {

    private SettingName() {}

    /**
     * The variable that gives a key its value, else the key: whoever set one looks for that name.
     *
     * @param raw the key's value before its variables were put in; null for a key without one
     * @param given whether a variable is set
     */
    public static String of(String key, @Nullable String raw, Predicate<String> given) {
        return raw == null ? key : new Expression(raw).giver(given).orElse(key);
    }
}
