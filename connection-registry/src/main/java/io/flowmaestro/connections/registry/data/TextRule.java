package io.flowmaestro.connections.registry.data;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text field accepts. Messages never repeat the value, which may be a secret.
 *
 * @param max in characters, as PostgreSQL counts them
 * @param lines whether line breaks and other control characters are part of the text, as in a PEM key
 * @param message said when {@code accepts} is false
 */
public record TextRule(int max, boolean lines, Predicate<String> accepts, String message) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

    public static final TextRule NAME = new TextRule(255, false, text -> true, "");
    public static final TextRule SLUG_RULE = new TextRule(
            64,
            false,
            text -> SLUG.matcher(text).matches(),
            "must start with a lower-case letter or digit and hold only those and '-', at most 64");
    public static final TextRule HOST_RULE =
            new TextRule(253, false, text -> HOST.matcher(text).matches(), "must be a host name or an IP address");

    /** A key, token or password that will travel on one line. */
    public static final TextRule SECRET = new TextRule(16_384, false, text -> true, "");

    /** A secret that may span lines. */
    public static final TextRule SECRET_TEXT = new TextRule(32_768, true, text -> true, "");

    public static TextRule text(int max) {
        return new TextRule(max, false, text -> true, "");
    }

    public static TextRule oneOf(String... allowed) {
        return new TextRule(
                64,
                false,
                text -> java.util.List.of(allowed).contains(text),
                "must be one of: " + String.join(", ", allowed));
    }

    /** What is wrong with the text, or empty. */
    public Optional<String> refuse(String text) {
        if (text.isBlank()) {
            return Optional.of("must not be empty");
        }
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            return Optional.of("must be at most %d characters long".formatted(max));
        }
        if (StorableText.isUnstorable(text)) {
            return Optional.of("must not contain NUL characters or unpaired surrogates");
        }
        if (!lines && hasControl(text)) {
            return Optional.of("must not contain line breaks or control characters");
        }
        return accepts.test(text) ? Optional.empty() : Optional.of(message);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
