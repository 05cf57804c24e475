package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Whether refresh tokens rotate: a boolean in the file, or {@code sometimes}, or {@code none} without any. */
public enum Rotation {
    YES("true"),
    NO("false"),
    SOMETIMES("sometimes"),
    NONE("none");

    private final String written;

    Rotation(String written) {
        this.written = written;
    }

    @JsonCreator
    static Rotation of(String written) {
        return Arrays.stream(values())
                .filter(rotation -> rotation.written.equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is not allowed; allowed are: true, false, sometimes, none".formatted(written)));
    }

    @JsonValue
    Object toJson() {
        return switch (this) {
            case YES -> true;
            case NO -> false;
            case SOMETIMES, NONE -> written;
        };
    }
}
