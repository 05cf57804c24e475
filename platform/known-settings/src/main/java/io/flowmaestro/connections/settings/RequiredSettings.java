package io.flowmaestro.connections.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the variables that a service does not start without, and that nobody has set. */
final class RequiredSettings {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> PROFILE = Set.of("QUARKUS_PROFILE", "quarkus.profile");

    /** Further places, into which nobody looks here. */
    private static final Pattern ELSEWHERE = Pattern.compile("(SMALLRYE|QUARKUS)_CONFIG_.*LOCATIONS");

    /** Empty where the address holds them, or the database knows its clients otherwise. */
    private static final Pattern MAY_BE_EMPTY = Pattern.compile(".*DATABASE_(USER|PASSWORD)");

    private final KnownSettings known;
    private final Map<String, String> values;

    /** @param values what the service sets by itself, by key */
    RequiredSettings(KnownSettings known, Map<String, String> values) {
        this.known = known;
        this.values = values;
    }

    /** The profiles that a service runs with, in the order in which they were named. */
    static List<String> profiles(Collection<Given> settings) {
        return settings.stream()
                .filter(setting -> PROFILE.contains(setting.name()))
                .map(Given::value)
                .findFirst()
                .map(names -> COMMA.splitAsStream(names).map(String::strip).toList())
                .orElse(List.of("prod"));
    }

    /** A sentence or two for each. */
    List<String> complaints(Collection<Given> settings) {
        Set<String> given = settings.stream()
                .filter(setting -> !setting.value().isBlank()
                        || MAY_BE_EMPTY.matcher(setting.name()).matches())
                .map(Given::name)
                .collect(Collectors.toSet());
        if (given.stream().map(KnownSettings::variable).anyMatch(ELSEWHERE.asMatchPredicate())) {
            return List.of();
        }
        return values.entrySet().stream()
                .filter(value ->
                        !given.contains(value.getKey()) && !given.contains(KnownSettings.variable(value.getKey())))
                .flatMap(value -> new Expression(value.getValue()).missing(given::contains).stream())
                .filter(name -> known.kind(name).isPresent())
                .distinct()
                .sorted()
                .map(this::complaint)
                .toList();
    }

    private String complaint(String name) {
        return name + " must be set."
                + Optional.ofNullable(known.purposes().get(name))
                        .map(purpose -> " " + purpose)
                        .orElse("");
    }
}
