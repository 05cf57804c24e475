package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.ConfigVariable;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.catalog.OAuth2Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which variables a provider has and what they may be. A value goes into URLs that receive the client's secret, so it is
 * held to the catalogue's values or pattern as a whole, and can never be more than {@link UrlTemplate} lets it be.
 */
final class VariableRules {

    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private final OAuth2Method facts;

    VariableRules(OAuth2Method facts) {
        this.facts = facts;
    }

    /** The given values and the defaults of the others. */
    Map<String, String> resolve(Map<String, String> given) {
        Map<String, String> problems = new TreeMap<>();
        given.forEach((name, value) -> {
            String problem = problem(name, value);
            if (problem != null) {
                problems.put(shown(name), problem);
            }
        });
        Map<String, String> resolved = new TreeMap<>(defaults());
        resolved.putAll(given);
        needed().stream().filter(name -> !resolved.containsKey(name)).forEach(name -> problems.put(name, "is missing"));
        if (!problems.isEmpty()) {
            throw new VariablesRefused(problems);
        }
        return resolved;
    }

    Set<String> choosable() {
        Set<String> choosable = new TreeSet<>(facts.config().keySet());
        facts.fields().forEach(field -> choosable.add(field.name()));
        return choosable;
    }

    /** What the provider tells could be any host: a user who chose it would have the token sent there. */
    void requireChoosable(Map<String, String> chosen) {
        Map<String, String> problems = new TreeMap<>();
        chosen.keySet().stream()
                .filter(name -> !choosable().contains(name))
                .forEach(name -> problems.put(shown(name), "is not known; known are: " + list(choosable())));
        if (!problems.isEmpty()) {
            throw new VariablesRefused(problems);
        }
    }

    private static String list(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** Names that a user can give or an answer can bring. */
    Set<String> known() {
        Set<String> known = choosable();
        known.addAll(facts.callbackParams());
        known.addAll(learned());
        return known;
    }

    /** Names that the token answer or the account call tells; they are the paths at which it does. */
    private List<String> learned() {
        var answer = facts.tokenResponse();
        Stream<String> ofAccount = facts.account() == null ? Stream.of() : facts.account().learn().keySet().stream();
        return Stream.concat(Stream.of(answer.apiBase(), answer.apiHost(), answer.accountId()), ofAccount)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What a flow cannot begin without. */
    private Set<String> needed() {
        Set<String> needed = new TreeSet<>();
        Stream.of(facts.authorize(), facts.token(), facts.refreshUrl())
                .filter(Objects::nonNull)
                .flatMap(url -> UrlTemplate.names(url).stream())
                .filter(name -> facts.config().containsKey(name) || field(name) != null)
                .forEach(needed::add);
        facts.config().forEach((name, variable) -> {
            if (variable.required()) {
                needed.add(name);
            }
        });
        return needed;
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        facts.fields().forEach(field -> put(defaults, field.name(), field.defaultValue()));
        facts.config().forEach((name, variable) -> put(defaults, name, variable.defaultValue()));
        return defaults;
    }

    private static void put(Map<String, String> defaults, String name, @Nullable String value) {
        if (value != null) {
            defaults.put(name, value);
        }
    }

    private @Nullable String problem(String name, String value) {
        if (!known().contains(name)) {
            return "is not known; known are: " + list(known());
        }
        if (!PLAIN.matcher(value).matches()) {
            return "must have 1 to 512 printable characters without spaces";
        }
        ConfigVariable variable = facts.config().get(name);
        if (variable != null) {
            return outside(value, variable.values(), variable.pattern());
        }
        Field field = field(name);
        if (field != null) {
            return outside(value, field.values(), field.pattern());
        }
        return outside(value, List.of(), facts.callbackPatterns().get(name));
    }

    private static @Nullable String outside(String value, List<String> values, @Nullable String pattern) {
        if (!values.isEmpty() && !values.contains(value)) {
            return "is not allowed; allowed are: " + String.join(", ", values);
        }
        return pattern == null || Pattern.matches(pattern, value) ? null : "must match " + pattern;
    }

    private @Nullable Field field(String name) {
        return facts.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** A name that nobody knows comes from a caller, and is shown only if it is harmless. */
    private static String shown(String name) {
        return name.matches("[A-Za-z0-9_-]{1,64}") ? name : "a variable";
    }
}
