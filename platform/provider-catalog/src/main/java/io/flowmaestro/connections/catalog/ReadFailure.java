package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a parser's complaint into a sentence for the author of the file: the key, what is wrong, what is allowed. */
final class ReadFailure {

    private ReadFailure() {}

    static String describe(JsonProcessingException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidFormatException wrong -> wrong(wrong);
            case ValueInstantiationException refused -> path(refused) + ": " + rootMessage(refused);
            case MismatchedInputException mismatch ->
                path(mismatch) + ": expected " + typeName(mismatch.getTargetType());
            case JsonMappingException mapping -> path(mapping) + ": " + mapping.getOriginalMessage();
            default -> "not valid YAML" + at(failure) + ": " + firstLine(failure.getOriginalMessage());
        };
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        String allowed = known == null
                ? ""
                : "; allowed are: "
                        + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        return path(unknown) + ": unknown key" + allowed;
    }

    private static String wrong(InvalidFormatException wrong) {
        return "%s: '%s' is not allowed; allowed are: %s"
                .formatted(path(wrong), wrong.getValue(), allowed(wrong.getTargetType()));
    }

    private static String allowed(Class<?> type) {
        if (!type.isEnum()) {
            return typeName(type);
        }
        return Arrays.stream(type.getFields())
                .map(field -> field.getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .collect(Collectors.joining(", "));
    }

    private static String typeName(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text";
            case "boolean", "Boolean" -> "true or false";
            case "int", "Integer", "long", "Long" -> "a whole number";
            default ->
                Collection.class.isAssignableFrom(type)
                        ? "a list"
                        : type.isEnum() ? "one of: " + allowed(type) : "a block of keys";
        };
    }

    private static String path(JsonMappingException failure) {
        String path = failure.getPath().stream()
                .flatMap(step -> Stream.of(
                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()))
                .collect(Collectors.joining());
        return path.isEmpty() ? "the file" : path.startsWith(".") ? path.substring(1) : path;
    }

    private static String at(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null ? "" : " (line %d)".formatted(location.getLineNr());
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "is not allowed" : String.valueOf(cause.getMessage());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
