package io.flowmaestro.connections.local.isolation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a parameter, or a field of a body, names. */
sealed interface Kind {

    /** One of a user's connections, of the method that the operation is about. */
    record Connection(String method) implements Kind {}

    /** An OAuth flow that a user began. */
    record Flow() implements Kind {}

    /** A user. */
    record User() implements Kind {}

    /** What a POST to that path of the same service makes. */
    record Made(String path) implements Kind {}

    /** Nobody's: of the catalogue, of a server, or a word that says what is meant. */
    record Nobodys(String value) implements Kind {}

    /** What names without an owner stand for, wherever they are. */
    Map<String, String> NOBODYS = Map.of(
            "provider", "demo",
            "key", "isolation-probe",
            "tool", "echo",
            // Of a webhook, which is named before it and decides whose it is; none is there, as nothing was sent.
            "deliveryId", "0190a1ce-0000-7000-8000-0000de11ce55");

    /** Ids in bodies that name nothing with an owner: the caller makes them up, or they are the vault's own. */
    Map<String, String> MADE_UP = Map.of(
            "attempt_id", "chosen by the caller, to make repeating safe",
            "client_id", "given out by a provider; of an operator's client there",
            "writer_id", "of a chain of audit records",
            "trace_id", "of the caller's trace",
            "key_id", "inside the vault's envelope, which is authenticated as a whole");

    /** A path up to and with a user's id. */
    Pattern USERS = Pattern.compile("/(?:api|internal)/users/\\{\\w+}");

    Pattern CONNECTIONS = Pattern.compile("/(?:api|internal)/connections/\\{id}");

    /** @throws Unclassified for a name that is not known here */
    static Kind ofPathParameter(Operation operation, String name, ApiDocument document) {
        var upToHere = operation.path().substring(0, operation.path().indexOf("{" + name + "}") + name.length() + 2);
        if (CONNECTIONS.matcher(upToHere).matches()) {
            return connection(operation);
        }
        if (USERS.matcher(upToHere).matches()) {
            return new User();
        }
        return named(operation, name).or(() -> made(upToHere, document)).orElseThrow(() -> unknown(operation, name));
    }

    private static Optional<Kind> made(String upToHere, ApiDocument document) {
        var collection = upToHere.substring(0, upToHere.lastIndexOf('/'));
        return document.makes(collection) && !collection.contains("{")
                ? Optional.of(new Made(collection))
                : Optional.empty();
    }

    /** Whether it may name something, by its name. */
    static boolean isId(String name) {
        return name.matches(".*_ids?");
    }

    /** Of a query parameter or a field, the plural too; empty where it names nothing. */
    static Optional<Kind> ofField(Operation operation, String name) {
        var one = name.endsWith("_ids") ? name.substring(0, name.length() - 1) : name;
        if (!one.endsWith("_id") || MADE_UP.containsKey(one)) {
            return Optional.empty();
        }
        return Optional.of(named(operation, one).orElseThrow(() -> unknown(operation, name)));
    }

    private static Optional<Kind> named(Operation operation, String name) {
        return switch (name) {
            case "connectionId", "connection_id" -> Optional.of(connection(operation));
            case "flowId", "flow_id" -> Optional.of(new Flow());
            case "userId", "user_id" -> Optional.of(new User());
            default -> Optional.ofNullable(NOBODYS.get(name)).map(Nobodys::new);
        };
    }

    /** The method that lets the operation get furthest. */
    private static Kind connection(Operation operation) {
        var words = Arrays.asList(operation.path().split("[/-]"));
        if (words.contains("mcp") || words.contains("tools")) {
            return new Connection("mcp");
        }
        boolean ofOAuth = words.contains("oauth") || words.contains("grant");
        return new Connection(ofOAuth ? "oauth2" : "api_key");
    }

    private static Unclassified unknown(Operation operation, String name) {
        return new Unclassified("The isolation matrix does not know what \"" + name + "\" of " + operation + " names."
                + " Say so in Kind: that it is one of a user's resources (and, unless a POST to the path before it makes"
                + " one, how Stock makes one), or that it is nobody's.");
    }
}
