package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for.
 *
 * @param scopes beyond the provider's default ones
 * @param name of the connection; made from the account otherwise
 */
record AuthorizeRequest(
        List<String> scopes,
        @Nullable String returnTo,
        @Nullable String name) {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_SCOPES = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** RFC 6749, 3.3: printable without space, quote and backslash; the comma separates here. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x5b\\x5d-\\x7e]{1,256}");

    static AuthorizeRequest of(@Nullable String scopes, @Nullable String returnTo, @Nullable String name) {
        var wanted = Stream.of(scopes == null ? new String[0] : scopes.split("[,\\s]+"))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (wanted.size() > MOST_SCOPES
                || !wanted.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            throw invalid("scopes must be a list of scope names, separated by commas or spaces.");
        }
        if (name != null
                && (name.isBlank()
                        || name.length() > LONGEST_NAME
                        || CONTROL.matcher(name).find())) {
            throw invalid("name must have 1 to 255 characters and no control characters.");
        }
        return new AuthorizeRequest(wanted, returnTo, name == null ? null : name.strip());
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(OAuthProblem.PARAMETER_INVALID, detail);
    }
}
