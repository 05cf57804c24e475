package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.verification.FactPath;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the error in a token answer, with HTTP 200 as well: a failure that looks like a success is still one. */
final class TokenErrors {

    /** RFC 6749's place first; then an error object, and the names that some providers use. */
    private static final FactPath CODE =
            new FactPath("error|error.code|error.type|errorCode|error_code|errors[0].code");

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final String UNKNOWN = "unknown_error";

    private TokenErrors() {}

    /**
     * The error's code in harmless characters, or null where the answer reports none.
     *
     * @param success whether the HTTP status says so
     */
    static @Nullable String code(JsonNode answer, TokenResponseRules rules, boolean success) {
        String code = stated(answer);
        if (code == null && !success) {
            code = deadGrant(new FactPath("status").text(answer), rules);
        }
        if (code == null
                && rules.okPath() != null
                && !rules.okPath().find(answer).asBoolean(true)) {
            code = UNKNOWN;
        }
        if (code == null) {
            return null;
        }
        return HARMLESS.matcher(code).matches() ? code : UNKNOWN;
    }

    /** Some providers name the state of a refresh token and call it the status; any other status says too little. */
    private static @Nullable String deadGrant(@Nullable String status, TokenResponseRules rules) {
        if (status == null) {
            return null;
        }
        String known = status.toLowerCase(Locale.ROOT);
        return GrantErrors.isOfTheGrant(known) || rules.grantErrors().contains(known) ? status : null;
    }

    private static @Nullable String stated(JsonNode answer) {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return Objects.requireNonNullElse(new FactPath("code|type|message").text(error), UNKNOWN);
        }
        String code = CODE.text(answer);
        return code == null || code.isEmpty() || code.equals("false") ? null : code;
    }
}
