package io.flowmaestro.connections.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the declared fields and configuration variables of a method must fulfil. */
final class FieldRules {

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final Problems problems;

    FieldRules(Problems problems) {
        this.problems = problems;
    }

    /**
     * Checks both.
     *
     * @param standard what the method takes anyway; null for a method whose data no user fills in
     */
    void check(String at, List<Field> fields, Map<String, ConfigVariable> config, @Nullable StandardFields standard) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            problems.matches(at + "fields.name", field.name(), FIELD, "lower-case letters, digits and '_'");
            problems.addIf(!names.add(field.name()), at + "fields", "'" + field.name() + "' is there twice");
            field(at + "fields." + field.name(), field);
            if (standard != null && field.name() != null) {
                standard(at + "fields." + field.name(), field, standard);
            }
        }
        config.forEach((name, variable) -> {
            problems.matches(at + "config", name, FIELD, "lower-case letters, digits and '_'");
            problems.addIf(!names.add(name), at + "config", "'" + name + "' is a field already");
            if (variable == null) {
                problems.add(at + "config." + name, "expected a block of keys; {} is the shortest");
            } else {
                variable(at + "config." + name, variable);
            }
        });
    }

    private void field(String at, Field field) {
        problems.regex(at + ".pattern", field.pattern());
        fits(at + ".default", field.defaultValue(), field.values());
        problems.addIf(field.secret() && field.defaultValue() != null, at + ".default", "a secret has no default");
        problems.addIf(
                field.pattern() != null && !field.values().isEmpty(),
                at + ".pattern",
                "values say it all; leave the pattern out");
    }

    private void standard(String at, Field field, StandardFields standard) {
        problems.addIf(
                standard.isSecret(field.name()) && !field.secret(), at + ".secret", "must be true for this field");
        problems.addIf(
                standard.isRequired(field.name()) && !field.required(),
                at + ".required",
                "must be true for this field");
        boolean narrowed = field.pattern() != null || !field.values().isEmpty() || field.defaultValue() != null;
        problems.addIf(
                standard.contains(field.name()) && narrowed,
                at,
                "has a rule of its own; leave pattern, values and default out");
    }

    private void variable(String at, ConfigVariable variable) {
        problems.regex(at + ".pattern", variable.pattern());
        fits(at + ".default", variable.defaultValue(), variable.values());
        problems.addIf(
                variable.required() && variable.defaultValue() != null,
                at + ".default",
                "a required variable has none; leave default or required out");
        String suffix = variable.fromKeySuffixAfter();
        problems.addIf(
                suffix != null && suffix.length() != 1, at + ".from_key_suffix_after", "expected a single character");
    }

    private void fits(String at, @Nullable String value, List<String> values) {
        problems.addIf(
                value != null && !values.isEmpty() && !values.contains(value),
                at,
                "'%s' is not one of the values".formatted(value));
    }
}
