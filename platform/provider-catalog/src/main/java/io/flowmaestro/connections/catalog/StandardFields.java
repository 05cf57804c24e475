package io.flowmaestro.connections.catalog;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that a method takes of every provider. A file declares them only to give them a label and a hint, or to
 * insist on an optional one.
 */
record StandardFields(List<Field> required, Set<String> optionalSecrets, Set<String> optional) {

    static final StandardFields API_KEY =
            new StandardFields(List.of(secret("api_key", "API key")), Set.of("api_secret"), Set.of("base_url"));

    static final StandardFields BASIC_AUTH = new StandardFields(
            List.of(secret("username", "User name"), secret("password", "Password")),
            Set.of(),
            Set.of("host", "port", "database", "ssl"));

    static final StandardFields CUSTOM = new StandardFields(List.of(secret("headers", "Headers")), Set.of(), Set.of());

    /** The declared fields, and the required ones that the file left out. */
    List<Field> complete(List<Field> declared) {
        return Stream.concat(declared.stream(), required.stream().filter(field -> !has(declared, field.name())))
                .toList();
    }

    /** What remains to be asked for when the method has taken its own. */
    List<Field> extra(List<Field> fields) {
        return fields.stream()
                .filter(field -> !has(required, field.name()))
                .filter(field -> field.required() || !isOptional(field.name()))
                .toList();
    }

    boolean isRequired(String name) {
        return has(required, name);
    }

    boolean isSecret(String name) {
        return isRequired(name) || optionalSecrets.contains(name);
    }

    /** Validated by the method's own rule, whatever a file says. */
    boolean contains(String name) {
        return isRequired(name) || isOptional(name);
    }

    private boolean isOptional(String name) {
        return optionalSecrets.contains(name) || optional.contains(name);
    }

    private static boolean has(List<Field> fields, String name) {
        return fields.stream().anyMatch(field -> name.equals(field.name()));
    }

    private static Field secret(String name, String label) {
        return new Field(name, label, null, true, true, null, List.of(), null);
    }
}
