package io.flowmaestro.connections.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file, each as the path of a key and what is wrong or allowed there. */
final class Problems {

    private static final int MAX_TEXT = 2048;
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+|\\{[a-z_]+}");

    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return List.copyOf(found);
    }

    void add(String at, String problem) {
        found.add(at + ": " + problem);
    }

    void addIf(boolean wrong, String at, String problem) {
        if (wrong) {
            add(at, problem);
        }
    }

    /** Whether the text is there; reported if not. */
    boolean text(String at, @Nullable String value) {
        boolean present = value != null && !value.isBlank() && value.length() <= MAX_TEXT;
        addIf(!present, at, "is missing, empty or too long");
        return present;
    }

    void matches(String at, @Nullable String value, Pattern pattern, String allowed) {
        if (text(at, value) && value != null && !pattern.matcher(value).matches()) {
            add(at, "'%s' is not allowed; allowed are: %s".formatted(value, allowed));
        }
    }

    void regex(String at, @Nullable String pattern) {
        if (pattern == null) {
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            add(at, "not a regular expression (%s)".formatted(wrong.getDescription()));
        }
    }

    /** A URL that requests with credentials go to. */
    void endpoint(String at, @Nullable String url, Variables variables) {
        if (!text(at, url) || url == null) {
            return;
        }
        known(at, url, variables);
        Urls.hostVariables(url).stream()
                .filter(name -> variables.knows(name) && !variables.bounds(name))
                .forEach(name -> add(
                        at,
                        "{%s} is part of the host and could name any other; give it values or a pattern"
                                .formatted(name)));
        https(at, url);
        addIf(url.indexOf('#') >= 0, at, "'" + url + "' has a fragment, which no request carries; leave it out");
    }

    /** A URL that people open. */
    void page(String at, String url) {
        if (text(at, url)) {
            known(at, url, new Variables());
            https(at, url);
        }
    }

    private void https(String at, String url) {
        addIf(!Urls.isEndpoint(url), at, "'" + url + "' is not an https URL (http is for loopback only)");
    }

    /** What stands between scopes: more than one character, or one of a scope's own, would make other scopes of them. */
    void separator(String at, @Nullable String separator) {
        addIf(
                separator != null && (separator.length() != 1 || Character.isLetterOrDigit(separator.charAt(0))),
                at,
                "'" + separator + "' is not allowed; allowed is one character that is no letter or digit");
    }

    void known(String at, @Nullable String template, Variables variables) {
        if (template != null) {
            Urls.variables(template).stream()
                    .filter(name -> !variables.knows(name))
                    .forEach(name -> add(at, "{" + name + "} is not declared under config or fields"));
        }
    }

    void known(String at, Map<String, String> templates, Variables variables) {
        templates.forEach((name, value) -> {
            known(at, name, variables);
            known(at, value, variables);
        });
    }

    void headers(String at, Map<String, String> headers) {
        headers.forEach((name, value) -> addIf(
                !HEADER.matcher(name).matches()
                        || value == null
                        || value.chars().anyMatch(Character::isISOControl),
                at,
                "'" + name + "' is not a header name with a one-line value"));
    }
}
