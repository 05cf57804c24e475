package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a credential adds to a request.
 *
 * @param baseUrl where the API is, without a path of its own; null where nobody says. It may hold the key.
 * @param missing fields of the connection's data that a template needs and that are absent, or not what the catalogue
 *     allows; what they were for is left out
 */
public record Application(
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable String baseUrl,
        Set<String> missing) {

    private static final String AUTHORIZATION = "Authorization";

    /**
     * Works out what is sent. The connection's own {@code base_url} wins over the catalogue's.
     *
     * @param data of the connection, in the clear
     */
    public static Application of(ApplyRules rules, JsonNode data) {
        return of(rules, data, new Templates(data, rules.variables()));
    }

    static Application of(ApplyRules rules, JsonNode data, Templates templates) {
        Map<String, String> headers = new LinkedHashMap<>(templates.fill(rules.headers()));
        if (rules.basic() != null) {
            String user = templates.fill(rules.basic().user());
            String password = templates.fill(rules.basic().password());
            if (user != null && password != null) {
                headers.put(AUTHORIZATION, basic(user, password));
            }
        }
        if (rules.ownHeaders()) {
            headers.putAll(strings(data.path("headers")));
        }
        String own = Texts.of(data, "base_url");
        return new Application(
                headers,
                templates.fill(rules.query()),
                own == null ? templates.fillUrl(rules.base()) : own,
                templates.missing());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The members of an object as text. */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(
                        member -> strings.put(member.getKey(), member.getValue().asText()));
        return strings;
    }

    @Override
    public String toString() {
        return "Application[redacted]";
    }
}
