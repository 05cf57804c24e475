package io.flowmaestro.connections.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of every successful answer: {@code {"success": true, "data": …}}, lists add {@code "pagination"}. */
public record Success<T>(
        boolean success,
        T data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pagination pagination) {

    public static <T> Success<T> of(T data) {
        return new Success<>(true, data, null);
    }

    public static <T> Success<List<T>> page(List<T> data, Pagination pagination) {
        return new Success<>(true, data, pagination);
    }
}
