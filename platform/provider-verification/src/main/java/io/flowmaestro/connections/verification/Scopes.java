package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which scopes a token lacks. */
final class Scopes {

    private Scopes() {}

    /** Nothing is said to be missing of a token that does not say what it was granted. */
    static List<String> missing(List<String> needed, JsonNode data) {
        JsonNode scope = data.path("scope");
        Stream<String> said = scope.isArray()
                ? scope.valueStream().map(JsonNode::asText)
                : Stream.of(scope.asText("").split("[ ,]"));
        List<String> granted = said.filter(one -> !one.isBlank())
                .map(one -> one.toLowerCase(Locale.ROOT))
                .toList();
        return granted.isEmpty()
                ? List.of()
                : needed.stream()
                        .filter(wanted -> granted.stream().noneMatch(one -> means(one, wanted)))
                        .toList();
    }

    /** Some providers grant {@code email} under its long name, {@code https://…/auth/userinfo.email}. */
    private static boolean means(String granted, String wanted) {
        String name = wanted.toLowerCase(Locale.ROOT);
        return granted.equals(name) || granted.endsWith("/" + name) || granted.endsWith("." + name);
    }
}
