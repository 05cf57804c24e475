package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What an error of the validator means to a caller. Names what the schema asks for, never the value that was given. */
final class Sentences {

    private static final JsonNode MISSING = MissingNode.getInstance();
    private static final int MOST_VALUES = 20;
    private static final int MOST_ALTERNATIVES = 5;
    private static final int LONGEST_QUOTE = 200;

    private Sentences() {}

    static ArgumentMisfit of(Error error) {
        var property = error.getProperty();
        var path = property == null
                ? FieldPath.of(error.getInstanceLocation())
                : FieldPath.of(error.getInstanceLocation(), property);
        return new ArgumentMisfit(path, sentence(error, Objects.requireNonNullElse(error.getSchemaNode(), MISSING)));
    }

    /** @param reasons what speaks against each alternative */
    static String none(List<String> reasons) {
        var list = new StringJoiner("; ", "fits none of the alternatives: ", "");
        reasons.stream().distinct().limit(MOST_ALTERNATIVES).forEach(list::add);
        return Text.shown(list.toString(), 3 * LONGEST_QUOTE);
    }

    private static String sentence(Error error, JsonNode wanted) {
        return switch (Objects.requireNonNullElse(error.getKeyword(), "")) {
            case "type" -> type(wanted, error.getInstanceNode());
            case "required" -> "is required";
            case "dependentRequired", "dependencies" -> "needs beside it " + values(wanted.path(error.getProperty()));
            case "false" -> "is not allowed";
            case "additionalProperties", "unevaluatedProperties" -> "is not known to the tool; leave it out";
            case "unevaluatedItems", "items", "additionalItems" -> "has more items than the tool knows of";
            case "enum" -> "must be one of " + values(wanted);
            case "const" -> "must be " + quoted(wanted);
            case "pattern" -> "must match the pattern " + Text.shown(wanted.asText(), LONGEST_QUOTE);
            case "minimum" -> "must be at least " + quoted(wanted);
            case "maximum" -> "must be at most " + quoted(wanted);
            case "exclusiveMinimum" -> "must be greater than " + quoted(wanted);
            case "exclusiveMaximum" -> "must be less than " + quoted(wanted);
            case "multipleOf" -> "must be a multiple of " + quoted(wanted);
            case "minLength" -> "must have at least " + counted(wanted, "character");
            case "maxLength" -> "must have at most " + counted(wanted, "character");
            case "minItems" -> "must have at least " + counted(wanted, "item");
            case "maxItems" -> "must have at most " + counted(wanted, "item");
            case "minProperties" -> "must have at least " + counted(wanted, "member");
            case "maxProperties" -> "must have at most " + counted(wanted, "member");
            case "uniqueItems" -> "must not have the same item twice";
            case "contains", "minContains" -> "has too few items of the kind that the tool asks for";
            case "maxContains" -> "has too many items of the kind that the tool limits";
            case "oneOf" -> "must fit exactly one of the alternatives";
            case "not" -> "is of a kind that the tool excludes";
            case "propertyNames" -> "has a member whose name the tool does not take";
            default -> "does not fit the tool's inputSchema";
        };
    }

    private static String type(JsonNode wanted, @Nullable JsonNode given) {
        var types = wanted.isArray()
                ? StreamSupport.stream(wanted.spliterator(), false)
                        .map(type -> withArticle(type.asText()))
                        .collect(Collectors.joining(" or "))
                : withArticle(wanted.asText());
        var is = given == null ? "" : ", not " + withArticle(nameOf(given));
        return "must be " + types + is;
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL, BINARY, MISSING, POJO -> "null";
        };
    }

    private static String withArticle(String type) {
        return switch (type) {
            case "array", "integer", "object" -> "an " + type;
            case "string", "number", "boolean" -> "a " + type;
            case "null" -> "null";
            default -> Text.shown(type, LONGEST_QUOTE);
        };
    }

    private static String values(JsonNode allowed) {
        var values = StreamSupport.stream(allowed.spliterator(), false)
                .limit(MOST_VALUES)
                .map(Sentences::quoted)
                .collect(Collectors.joining(", "));
        return allowed.size() > MOST_VALUES ? values + " and " + (allowed.size() - MOST_VALUES) + " more" : values;
    }

    private static String quoted(JsonNode value) {
        return Text.shown(value.toString(), LONGEST_QUOTE);
    }

    private static String counted(JsonNode count, String what) {
        return quoted(count) + " " + what + (count.asInt() == 1 ? "" : "s");
    }
}
