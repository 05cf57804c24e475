package io.flowmaestro.connections.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a value has to be. The names in lower case, with hyphens, are those of the list of settings. */
enum Kind {
    TEXT("any text"),
    NUMBER("a number that is not negative, such as 64"),
    NUMBERS("numbers that are not negative, separated by commas"),
    PORT("a port from 1 to 65535"),
    PORTS("ports from 1 to 65535, separated by commas"),
    DURATION("a duration that is not negative, such as 30S, 5M or PT1H"),
    SWITCH("true or false"),
    /** As Quarkus reads it, which takes any other word for false. */
    FLAG("true or false"),
    WEB_URL("an absolute http or https URL, such as https://vault.example.com:8443"),
    DATABASE_URL("a database URL, such as postgresql://db.example.com:5432/connections?sslmode=verify-full");

    private static final Pattern NUMERAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> FLAGS =
            Set.of("true", "false", "yes", "no", "y", "n", "on", "off", "t", "f", "1", "0");
    private static final int HIGHEST_PORT = 65_535;

    private final String wanted;

    Kind(String wanted) {
        this.wanted = wanted;
    }

    static Kind named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** For people, after “must be”. */
    String wanted() {
        return wanted;
    }

    /** An empty value is one that is not set, and one with an expression is known only when that is expanded. */
    boolean fits(String value) {
        var stripped = value.strip();
        return stripped.isEmpty() || stripped.contains("${") || takes(stripped);
    }

    private boolean takes(String value) {
        return switch (this) {
            case TEXT -> true;
            case NUMBER -> isNumber(value);
            case NUMBERS -> all(value, Kind::isNumber);
            case PORT -> isPort(value);
            case PORTS -> all(value, Kind::isPort);
            case DURATION -> isDuration(value);
            case SWITCH -> Set.of("true", "false").contains(value);
            case FLAG -> FLAGS.contains(value.toLowerCase(Locale.ROOT));
            case WEB_URL -> isUrl(value, Set.of("http", "https"));
            case DATABASE_URL -> isUrl(value, Set.of("postgresql", "postgres"));
        };
    }

    private static boolean all(String values, Predicate<String> takes) {
        return COMMA.splitAsStream(values).map(String::strip).allMatch(takes);
    }

    private static boolean isNumber(String value) {
        return NUMERAL.matcher(value).matches();
    }

    private static boolean isPort(String value) {
        return value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= HIGHEST_PORT;
    }

    private static boolean isDuration(String value) {
        try {
            return !DurationConverter.parseDuration(value).isNegative();
        } catch (IllegalArgumentException | ArithmeticException noDuration) {
            return false;
        }
    }

    /** Not by its host, which Java does not see where a name has an underscore, as those of Docker Compose may. */
    private static boolean isUrl(String value, Set<String> schemes) {
        try {
            var url = new URI(value);
            return url.getScheme() != null
                    && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getRawAuthority() != null;
        } catch (URISyntaxException noUrl) {
            return false;
        }
    }
}
