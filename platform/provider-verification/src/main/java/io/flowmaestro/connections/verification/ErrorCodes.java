package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Error codes of an answer, wherever providers put them, in lower case with {@code _}. They are compared with known
 * ones and never shown.
 */
record ErrorCodes(Set<String> codes) {

    private static final List<FactPath> PLACES = Stream.of(
                    "error",
                    "error.code",
                    "error.type",
                    "error.status",
                    "error_code",
                    "code",
                    "name",
                    "type",
                    "errors[0].code",
                    "errors[0].type",
                    "errors[0].extensions.code",
                    "errors[0].extensions.type")
            .map(FactPath::new)
            .toList();

    /** RFC 6750, 3: {@code WWW-Authenticate: Bearer error="invalid_token"}; some send the code without its name. */
    private static final Pattern CHALLENGE = Pattern.compile("(?:\\berror=\"?|\\s\")([A-Za-z_]{1,64})(?![A-Za-z_ ])");

    private static final Set<String> OF_THE_CREDENTIAL = Set.of(
            "access_token_expired",
            "account_inactive",
            "authentication_error",
            "authentication_failed",
            "authentication_required",
            "expired_token",
            "invalid_access_token",
            "invalid_api_key",
            "invalid_auth",
            "invalid_authentication",
            "invalid_credentials",
            "invalid_token",
            "not_authed",
            "not_authenticated",
            "token_expired",
            "token_revoked",
            "unauthenticated",
            "unauthorized");

    /** A good credential that may do other things than the one asked for. */
    private static final Set<String> OF_ITS_RIGHTS =
            Set.of("insufficient_permission", "insufficient_permissions", "insufficient_scope", "missing_scope");

    private static final Set<String> OF_THE_MOMENT = Set.of(
            "accesslimited",
            "fatal_error",
            "internal_error",
            "internal_server_error",
            "rate_limit_exceeded",
            "rate_limited",
            "ratelimited",
            "request_timeout",
            "server_error",
            "service_unavailable",
            "temporarily_unavailable",
            "timeout",
            "too_many_requests");

    static ErrorCodes of(JsonNode answer, String challenge) {
        Stream<String> inBody = PLACES.stream().map(place -> place.find(answer)).map(ErrorCodes::code);
        Stream<String> inHeader = CHALLENGE.matcher(challenge).results().map(ErrorCodes::first);
        return new ErrorCodes(Stream.concat(inBody, inHeader)
                .filter(code -> !code.isEmpty())
                .map(ErrorCodes::normal)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the answer tells of an error at all, for providers that do so under a success status. */
    static boolean reportsOne(JsonNode answer) {
        return Stream.of("error", "errors")
                .map(answer::path)
                .anyMatch(error -> !error.isMissingNode()
                        && !error.isNull()
                        && !error.asText("true").equals("false")
                        && !(error.isContainerNode() && error.isEmpty()));
    }

    boolean hasAny(Set<String> known) {
        return codes.stream().anyMatch(known::contains);
    }

    boolean ofTheCredential() {
        return hasAny(OF_THE_CREDENTIAL);
    }

    boolean ofItsRights() {
        return hasAny(OF_ITS_RIGHTS);
    }

    boolean ofTheMoment() {
        return hasAny(OF_THE_MOMENT);
    }

    private static String code(JsonNode found) {
        return found instanceof MissingNode || !found.isTextual() ? "" : found.textValue();
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }

    private static String normal(String code) {
        return code.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
