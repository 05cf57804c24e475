package io.flowmaestro.connections.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a value has to be. The names in lower case, with hyphens, are those of the list of settings. */
enum Kind {
    TEXT("any text"),
    /** An empty one, or this word of Quarkus', would have tokens for anybody taken. */
    AUDIENCE("the audience of the suite's tokens, such as connections; neither empty nor any"),
    CLAIM("the name of a claim, and not empty"),
    COUNT("a whole number of at least 1"),
    NUMBER("a number that is not negative, such as 64"),
    NUMBERS("numbers that are not negative, separated by commas"),
    PORT("a port from 1 to 65535"),
    PORTS("ports from 1 to 65535, separated by commas"),
    DURATION("a duration that is not negative, such as 30S, 5M or PT1H"),
    SWITCH("true or false"),
    /** As Quarkus reads it, which takes any other word for false. */
    FLAG("true or false"),
    WEB_URL("an absolute http or https URL, such as https://vault.example.com:8443"),
    /** Paths are put behind it, and people see it. */
    BASE_URL("an absolute http or https URL without user, query and fragment, such as https://connections.example.com"),
    DATABASE_URL(
            "a database URL without user and password, which have settings of their own, with a name and at most a known"
                    + " sslmode, such as postgresql://db.example.com:5432/connections?sslmode=verify-full"),
    ORIGINS("origins such as https://app.example.com, separated by commas"),
    MAILBOX("an e-mail address, alone or as Connections <connections@example.com>"),
    START_TLS("REQUIRED, OPTIONAL or DISABLED"),
    SAMPLER("a sampler of OpenTelemetry, such as parentbased_always_on");

    private static final Pattern NUMERAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
    private static final Pattern MAILBOX_TEXT =
            Pattern.compile("[^\\s<>@,]+@[^\\s<>@,]+|[^<>\\r\\n]*<[^\\s<>@,]+@[^\\s<>@,]+>");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> FLAGS =
            Set.of("true", "false", "yes", "no", "y", "n", "on", "off", "t", "f", "1", "0");
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([^&]*)");
    private static final Set<String> SAMPLERS = Set.of(
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio");

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

    /** An empty value is mostly one that is not set, and one with an expression is known only when that is expanded. */
    boolean fits(String value) {
        var stripped = value.strip();
        return stripped.isEmpty() ? mayBeEmpty() : stripped.contains("${") || takes(stripped);
    }

    /** Of these the default is not what an empty value stands for. */
    private boolean mayBeEmpty() {
        return this != AUDIENCE && this != CLAIM;
    }

    private boolean takes(String value) {
        return switch (this) {
            case TEXT, CLAIM -> true;
            case AUDIENCE -> !value.equalsIgnoreCase("any");
            case COUNT -> WHOLE.matcher(value).matches() && Integer.parseInt(value) >= 1;
            case NUMBER -> isNumber(value);
            case NUMBERS -> all(value, Kind::isNumber);
            case PORT -> isPort(value);
            case PORTS -> all(value, Kind::isPort);
            case DURATION -> isDuration(value);
            case SWITCH -> Set.of("true", "false").contains(value);
            case FLAG -> FLAGS.contains(value.toLowerCase(Locale.ROOT));
            case WEB_URL -> url(value, Set.of("http", "https")).isPresent();
            case BASE_URL ->
                url(value, Set.of("http", "https")).filter(Kind::isBase).isPresent();
            case DATABASE_URL ->
                url(value, Set.of("postgresql", "postgres"))
                        .filter(Kind::isDatabase)
                        .isPresent();
            case ORIGINS -> all(value, Kind::isOrigin);
            case MAILBOX -> MAILBOX_TEXT.matcher(value).matches();
            case START_TLS -> Set.of("REQUIRED", "OPTIONAL", "DISABLED").contains(value.toUpperCase(Locale.ROOT));
            case SAMPLER -> SAMPLERS.contains(value);
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
    private static Optional<URI> url(String value, Set<String> schemes) {
        try {
            var url = new URI(value);
            return url.getScheme() != null
                            && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
                            && url.getRawAuthority() != null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private static boolean isBase(URI url) {
        return !namesUser(url) && url.getRawQuery() == null && url.getRawFragment() == null;
    }

    private static boolean isDatabase(URI url) {
        var path = url.getRawPath();
        return !namesUser(url) && hasPort(url) && path != null && path.length() > 1 && hasSslMode(url);
    }

    /** A password in it would be logged by whoever cannot read the rest. */
    private static boolean namesUser(URI url) {
        return url.getRawAuthority().contains("@");
    }

    private static boolean hasPort(URI url) {
        var authority = url.getRawAuthority();
        int colon = authority.lastIndexOf(':');
        return colon < authority.lastIndexOf(']') || colon < 0 || isPort(authority.substring(colon + 1));
    }

    private static boolean hasSslMode(URI url) {
        var query = url.getRawQuery();
        return query == null || SSL_MODE.matcher(query).results().allMatch(mode -> SSL_MODES.contains(mode.group(1)));
    }

    private static boolean isOrigin(String value) {
        return url(value, Set.of("http", "https"))
                .filter(Kind::isBase)
                .filter(url -> url.getRawPath().isEmpty())
                .isPresent();
    }
}
