package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Checks for tests, read from JSON in which apostrophes may stand for quotation marks. */
final class Checks {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private Checks() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    static ArgumentCheck check(String schema) {
        return new ArgumentChecks().of(json(schema));
    }

    static Verdict verdict(String schema, String arguments) {
        return check(schema).check(json(arguments));
    }

    /** One line for each misfit, path first. */
    static List<String> misfits(String schema, String arguments) {
        return switch (verdict(schema, arguments)) {
            case Verdict.Fits() -> List.of();
            case Verdict.Misfit(var misfits) ->
                misfits.stream().map(one -> one.path() + ": " + one.message()).toList();
            case Verdict.Unchecked(var cause) -> throw new AssertionError("unchecked: " + cause);
        };
    }
}
