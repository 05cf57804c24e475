package io.flowmaestro.connections.migration.command;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words of a call by option: {@code --name value …}, {@code --name=value} or {@code --name}. */
final class Words {
    private static final Pattern OPTION_NAME = Pattern.compile("--[a-z-]{1,40}");

    private final Map<String, List<String>> byOption;

    private Words(Map<String, List<String>> byOption) {
        this.byOption = byOption;
    }

    static Words of(List<String> arguments) {
        Map<String, List<String>> byOption = new LinkedHashMap<>();
        List<String> values = null;
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                values = byOption.computeIfAbsent(
                        name(equals < 0 ? argument : argument.substring(0, equals)), _ -> new ArrayList<>());
                if (equals >= 0) {
                    values.add(argument.substring(equals + 1));
                }
            } else if (values == null) {
                throw Refusal.usage("import takes options only. See ./connections import --help.");
            } else {
                values.add(argument);
            }
        }
        return new Words(byOption);
    }

    boolean flag(String name) {
        List<String> values = byOption.remove(name);
        if (values != null && !values.isEmpty()) {
            throw Refusal.usage("--" + name + " takes no value. See ./connections import --help.");
        }
        return values != null;
    }

    Optional<String> value(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw Refusal.usage("--" + name + " takes one value. See ./connections import --help.");
        }
        return values.stream().findFirst();
    }

    /** Several words, also with commas between them. */
    List<String> values(String name) {
        List<String> given = byOption.remove(name);
        if (given == null) {
            return List.of();
        }
        List<String> values = name.equals("table")
                ? given.stream()
                        .flatMap(word -> List.of(word.split(",", -1)).stream())
                        .toList()
                : given;
        if (values.isEmpty() || values.contains("")) {
            throw Refusal.usage("--" + name + " takes a value. See ./connections import --help.");
        }
        return values;
    }

    void requireAllRead() {
        byOption.keySet().stream().findFirst().ifPresent(unknown -> {
            throw Refusal.usage("import does not know --" + unknown + ". See ./connections import --help.");
        });
    }

    /** What is no option's name may be anything, a secret even: it is not repeated. */
    private static String name(String word) {
        if (!OPTION_NAME.matcher(word).matches()) {
            throw Refusal.usage("One of the options has no proper name. See ./connections import --help.");
        }
        return word.substring(2);
    }
}
