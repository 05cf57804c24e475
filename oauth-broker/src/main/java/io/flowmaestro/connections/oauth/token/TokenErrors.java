package io.flowmaestro.connections.oauth.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.provider.TokenResponseRules;
import io.flowmaestro.connections.verification.FactPath;
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

    /** The error's code in harmless characters, or null where the answer reports none. */
    static @Nullable String code(JsonNode answer, TokenResponseRules rules) {
        String code = stated(answer);
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

    private static @Nullable String stated(JsonNode answer) {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return Objects.requireNonNullElse(new FactPath("code|type|message").text(error), UNKNOWN);
        }
        String code = CODE.text(answer);
        return code == null || code.isEmpty() || code.equals("false") ? null : code;
    }
}
