package io.flowmaestro.connections.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file means by leaving something out. */
final class Defaults {

    private Defaults() {}

    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** Keeps the file's order: it is the order in which parameters and headers are sent. */
    static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    static <T> T value(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
