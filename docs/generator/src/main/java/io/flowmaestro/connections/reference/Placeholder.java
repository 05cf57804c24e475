package io.flowmaestro.connections.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An environment variable that a property takes its value of: {@code ${NAME:default}}.
 *
 * @param property that it is for
 * @param comment above that property in its file
 * @param fallback the default; null in the text means that there is none
 */
record Placeholder(String variable, String property, String comment, String fallback, boolean required) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:([^{}]*))?}");

    static List<Placeholder> in(String property, String value, String comment) {
        List<Placeholder> found = new ArrayList<>();
        // From the inside out: a default may be a placeholder, too.
        String rest = value;
        while (true) {
            var matcher = VARIABLE.matcher(rest);
            if (!matcher.find()) {
                return found;
            }
            boolean required = matcher.group(2) == null;
            found.add(new Placeholder(matcher.group(1), property, comment, required ? "" : matcher.group(3), required));
            rest = new StringBuilder(rest)
                    .replace(matcher.start(), matcher.end(), required ? "" : matcher.group(3))
                    .toString();
        }
    }
}
