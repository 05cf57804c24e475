package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * PostgreSQL stores no NUL character, and UTF-8 has no unpaired surrogates: both are found here, where they are the
 * caller's mistake, and not in the database, where they would be ours.
 */
public final class StorableText {

    private static final int MAX_DEPTH = 32;
    private static final int MOST_DECIMAL_PLACES = 1_000;

    private StorableText() {}

    public static boolean isUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return true;
            }
            if (Character.isHighSurrogate(unit)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether any text or number in the tree cannot be stored as jsonb, or the tree is nested beyond 32 levels. */
    public static boolean isUnstorable(JsonNode tree) {
        return isUnstorable(tree, 0);
    }

    private static boolean isUnstorable(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return true;
        }
        return switch (node.getNodeType()) {
            case STRING -> isUnstorable(node.textValue());
            case NUMBER -> isUnstorableNumber(node);
            case OBJECT -> node.properties().stream().anyMatch(entry -> isUnstorable(entry, depth));
            case ARRAY ->
                StreamSupport.stream(node.spliterator(), false).anyMatch(item -> isUnstorable(item, depth + 1));
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> false;
        };
    }

    /** Of what PostgreSQL's numeric holds, the part that also fits a double, and a thousand decimal places. */
    private static boolean isUnstorableNumber(JsonNode number) {
        return number.isFloatingPointNumber()
                && (!Double.isFinite(number.doubleValue())
                        || (number.isBigDecimal() && number.decimalValue().scale() > MOST_DECIMAL_PLACES));
    }

    private static boolean isUnstorable(Map.Entry<String, JsonNode> entry, int depth) {
        return isUnstorable(entry.getKey()) || isUnstorable(entry.getValue(), depth + 1);
    }
}
