package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A place in an answer that says whether it is a success: {@code ok}, or {@code result.status=active}. */
record OkPath(FactPath path, @Nullable String value) {

    /** What an answer says there. */
    enum Word {
        YES,
        NO,
        NOTHING
    }

    static @Nullable OkPath of(@Nullable String expression) {
        if (expression == null) {
            return null;
        }
        int equals = expression.indexOf('=');
        return equals < 0
                ? new OkPath(new FactPath(expression), null)
                : new OkPath(new FactPath(expression.substring(0, equals)), expression.substring(equals + 1));
    }

    Word in(JsonNode answer) {
        if (path.isNull(answer)) {
            return Word.NO;
        }
        JsonNode found = path.find(answer);
        if (found.isMissingNode()) {
            return Word.NOTHING;
        }
        boolean yes = value == null
                ? !found.asText("true").equals("false")
                : found.asText().equals(value);
        return yes ? Word.YES : Word.NO;
    }
}
