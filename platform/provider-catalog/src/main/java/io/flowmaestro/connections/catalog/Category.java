package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a service is for. The list is closed, so that user interfaces can name and order it. */
public enum Category {
    AI,
    ANALYTICS,
    COMMERCE,
    COMMUNICATION,
    CRM,
    DATABASE,
    DESIGN,
    DEVELOPER,
    EMAIL,
    FILESYSTEM,
    FINANCE,
    HR,
    IDENTITY,
    MARKETING,
    MEDIA,
    MONITORING,
    OTHER,
    PRODUCTIVITY,
    PROJECT_MANAGEMENT,
    SOCIAL,
    STORAGE,
    SUPPORT;

    /** All of them as files and queries spell them, separated by commas. */
    public static final String ALLOWED =
            Arrays.stream(values()).map(Category::wire).collect(Collectors.joining(", "));

    /** As files and queries spell it: lower case, {@code -} for {@code _}. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Category> find(String written) {
        return Arrays.stream(values())
                .filter(category -> category.wire().equals(written))
                .findFirst();
    }

    @JsonCreator
    static Category of(String written) {
        return find(written)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is not allowed; allowed are: %s".formatted(written, ALLOWED)));
    }
}
