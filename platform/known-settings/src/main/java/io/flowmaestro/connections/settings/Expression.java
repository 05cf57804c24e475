package io.flowmaestro.connections.settings;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A value as a properties file holds it, with variables in it: {@code ${NAME}}, or {@code ${NAME:otherwise}}, where what stands
 * otherwise is such a value, too.
 */
record Expression(String text) {

    private static final String BEGINNING = "${";

    /** The variables without which it has no value. */
    Set<String> missing(Predicate<String> given) {
        Set<String> missing = new HashSet<>();
        int begin = text.indexOf(BEGINNING);
        while (begin >= 0) {
            int end = end(begin);
            missing.addAll(missing(text.substring(begin + BEGINNING.length(), end), given));
            begin = text.indexOf(BEGINNING, end);
        }
        return missing;
    }

    /** @param inner what stands between the braces */
    private static Set<String> missing(String inner, Predicate<String> given) {
        int colon = inner.indexOf(':');
        var name = colon < 0 ? inner : inner.substring(0, colon);
        if (name.contains(BEGINNING)) {
            // A name that is made of others: those are asked for, and it is not known which it is without them.
            return new Expression(inner).missing(given);
        }
        if (given.test(name)) {
            return Set.of();
        }
        if (colon >= 0) {
            return new Expression(inner.substring(colon + 1)).missing(given);
        }
        // Another key has a value of its own, which is looked at by itself.
        return KnownSettings.isVariable(name) ? Set.of(name) : Set.of();
    }

    /** The first variable that is set, of those that may give it its value or a part of it; those that stand otherwise come after. */
    Optional<String> giver(Predicate<String> given) {
        int begin = text.indexOf(BEGINNING);
        while (begin >= 0) {
            int end = end(begin);
            var inner = text.substring(begin + BEGINNING.length(), end);
            int colon = inner.indexOf(':');
            var name = colon < 0 ? inner : inner.substring(0, colon);
            var found = given.test(name) ? Optional.of(name) : new Expression(inner.substring(colon + 1)).giver(given);
            if (found.isPresent()) {
                return found;
            }
            begin = text.indexOf(BEGINNING, end);
        }
        return Optional.empty();
    }

    /** Where the brace is that closes the one at {@code begin}; the end of a text that forgets it. */
    private int end(int begin) {
        int open = 0;
        for (int i = begin; i < text.length(); i++) {
            if (text.startsWith(BEGINNING, i)) {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return text.length();
    }
}
