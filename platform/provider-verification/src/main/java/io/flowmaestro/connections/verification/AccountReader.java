package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whose credential it is, in text that can be shown.
 *
 * @param secrets of the connection; a provider that repeats one is not repeated
 */
record AccountReader(Set<String> secrets) {

    private static final int LONGEST = 512;
    /** Shorter ones are not worth hiding, and would hide what only happens to hold the same letters. */
    private static final int SHORTEST_SECRET = 5;

    private static final Set<String> SECRET_FIELDS =
            Set.of("api_key", "api_secret", "access_token", "refresh_token", "password");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    static AccountReader of(JsonNode data, List<Field> fields) {
        Set<String> names = new HashSet<>(SECRET_FIELDS);
        fields.stream().filter(Field::secret).map(Field::name).forEach(names::add);
        Stream<JsonNode> single = names.stream().map(data::path);
        Stream<JsonNode> headers = StreamSupport.stream(data.path("headers").spliterator(), false);
        return new AccountReader(Stream.concat(single, headers)
                .map(JsonNode::asText)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .collect(Collectors.toUnmodifiableSet()));
    }

    ObjectNode nobody() {
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode of(Check check, JsonNode answer) {
        ObjectNode account = nobody();
        showable(check.id(), answer).ifPresent(id -> account.put("id", id));
        showable(check.name(), answer).ifPresent(name -> account.put("name", name));
        showable(check.name(), answer)
                .filter(name -> EMAIL.matcher(name).matches())
                .ifPresent(email -> account.put("email", email));
        return account;
    }

    private Optional<String> showable(@Nullable FactPath path, JsonNode answer) {
        return Optional.ofNullable(path)
                .map(found -> found.text(answer))
                .filter(text -> secrets.stream().noneMatch(text::contains))
                .map(text -> CONTROL.matcher(text).replaceAll(" ").strip())
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST));
    }

    @Override
    public String toString() {
        return "AccountReader[redacted]";
    }
}
