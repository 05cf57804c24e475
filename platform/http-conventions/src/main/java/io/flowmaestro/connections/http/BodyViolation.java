package io.flowmaestro.connections.http;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which field of a body does not fit and what is accepted, without naming a class or repeating the value. */
final class BodyViolation {

    private BodyViolation() {}

    static Violation of(JsonMappingException cause) {
        String field = field(cause);
        return switch (cause) {
            case UnrecognizedPropertyException _ -> new Violation(field, "is not a known field; remove it");
            case MismatchedInputException mismatch ->
                new Violation(field, "must be " + expected(mismatch.getTargetType()));
            default -> new Violation(field, "cannot be read");
        };
    }

    private static String field(JsonMappingException cause) {
        String path = cause.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path.replace(".[", "[");
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == java.util.UUID.class) {
            return "a UUID";
        }
        if (type == java.time.Instant.class) {
            return "an ISO-8601 instant";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of the documented values";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == ObjectNode.class) {
            return "an object";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }
}
