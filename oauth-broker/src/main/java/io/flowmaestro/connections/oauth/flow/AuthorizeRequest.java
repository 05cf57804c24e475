package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for.
 *
 * @param scopes beyond the provider's default ones
 * @param extraScopes for a provider that has a second kind, such as Slack's of the user beside those of the bot
 * @param name of the connection; made from the account otherwise
 * @param connection to be renewed with the new grant; a new one is made without
 * @param variables of a provider that has addresses of its own for each customer, such as a subdomain
 */
record AuthorizeRequest(
        List<String> scopes,
        List<String> extraScopes,
        @Nullable String returnTo,
        @Nullable String name,
        @Nullable UUID connection,
        Map<String, String> variables) {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_SCOPES = 200;
    private static final int LONGEST_VARIABLE = 255;
    private static final Set<String> OWN = Set.of("scopes", "extra_scopes", "return_to", "name", "connection_id");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** RFC 6749, 3.3: printable without space, quote and backslash; the comma separates here. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x5b\\x5d-\\x7e]{1,256}");

    /** Every parameter that is none of ours is taken for one of the provider's variables, which the catalogue checks. */
    static AuthorizeRequest of(MultivaluedMap<String, String> query) {
        return new AuthorizeRequest(
                scopes(only(query, "scopes")),
                scopes(only(query, "extra_scopes")),
                only(query, "return_to"),
                name(only(query, "name")),
                connection(only(query, "connection_id")),
                variables(query));
    }

    static List<String> scopes(@Nullable String scopes) {
        var wanted = Stream.of(scopes == null ? new String[0] : scopes.split("[,\\s]+"))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (wanted.size() > MOST_SCOPES
                || !wanted.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            throw invalid("scopes must be a list of scope names, separated by commas or spaces.");
        }
        return wanted;
    }

    static @Nullable String name(@Nullable String name) {
        if (name != null
                && (name.isBlank()
                        || name.length() > LONGEST_NAME
                        || CONTROL.matcher(name).find())) {
            throw invalid("name must have 1 to 255 characters and no control characters.");
        }
        return name == null ? null : name.strip();
    }

    static @Nullable UUID connection(@Nullable String id) {
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw invalid("connection_id must be the id of the connection to be renewed.");
        }
    }

    private static Map<String, String> variables(MultivaluedMap<String, String> query) {
        Map<String, String> variables = new HashMap<>();
        for (String parameter : query.keySet()) {
            String value = OWN.contains(parameter) ? null : only(query, parameter);
            if (value != null) {
                variables.put(parameter, variable(value));
            }
        }
        return variables;
    }

    static String variable(String value) {
        if (value.length() > LONGEST_VARIABLE || CONTROL.matcher(value).find()) {
            throw invalid("A parameter must have at most 255 characters and no control characters.");
        }
        return value;
    }

    static @Nullable String only(MultivaluedMap<String, String> query, String parameter) {
        List<String> values = query.get(parameter);
        if (values == null || values.getFirst().isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw invalid("A parameter must come once.");
        }
        return values.getFirst();
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(OAuthProblem.PARAMETER_INVALID, detail);
    }
}
