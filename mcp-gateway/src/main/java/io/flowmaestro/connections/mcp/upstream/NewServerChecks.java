package io.flowmaestro.connections.mcp.upstream;

import io.flowmaestro.connections.http.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is refused of a server that is not stored yet. The registry keeps to the same rules where it stores without asking
 * ({@code server-data.json} of the tests holds both to them).
 */
final class NewServerChecks {

    private static final long LONGEST_TIMEOUT = 300_000;
    static final String TIMEOUTS = "must be a whole number from 1 to " + LONGEST_TIMEOUT;

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");
    private static final Map<String, Set<String>> CREDENTIALS = Map.of(
            "none", Set.of(),
            "api_key", Set.of("api_key", "api_key_header"),
            "bearer", Set.of("bearer_token"),
            "basic", Set.of("username", "password"),
            "oauth2", Set.of());
    private static final int LONGEST_URL = 2048;
    private static final int LONGEST_SECRET = 16_384;
    private static final int LAST_PORT = 65_535;

    private NewServerChecks() {}

    /** Adds to what is wrong already; a field that is in there is not looked at again. */
    static void check(ServerForm form, List<Violation> wrong) {
        BiConsumer<String, String> refuse = (field, message) -> {
            if (wrong.stream().noneMatch(violation -> violation.field().equals(field))) {
                wrong.add(new Violation(field, message));
            }
        };
        checkUrl(Objects.requireNonNullElse(form.serverUrl(), ""), refuse);
        checkAuth(form, refuse);
        checkHeaders(form.givenHeaders(), refuse);
        if (form.timeout() != null && form.timeout() > LONGEST_TIMEOUT) {
            refuse.accept("timeout", TIMEOUTS);
        }
    }

    private static void checkUrl(String url, BiConsumer<String, String> refuse) {
        checkText("server_url", url, LONGEST_URL, refuse);
        if (!isServerUrl(url)) {
            refuse.accept(
                    "server_url",
                    "must be an absolute URL with a host (http, https, ws, wss), without user name, password and fragment");
        }
    }

    private static boolean isServerUrl(String text) {
        try {
            var url = new URI(text);
            return url.getScheme() != null
                    && SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() <= LAST_PORT;
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }

    /** Two kinds of credentials leave open which one is meant. */
    private static void checkAuth(ServerForm form, BiConsumer<String, String> refuse) {
        var type = Objects.requireNonNullElse(form.authType(), "none");
        @Nullable Set<String> belong = CREDENTIALS.get(type);
        credentials(form).forEach((field, value) -> {
            if (belong != null && !belong.contains(field)) {
                refuse.accept(field, "does not belong to auth_type " + type);
            }
            checkText(field, value, LONGEST_SECRET, refuse);
        });
    }

    private static Map<String, String> credentials(ServerForm form) {
        var given = new LinkedHashMap<String, String>();
        put(given, "api_key", form.apiKey());
        put(given, "api_key_header", form.apiKeyHeader());
        put(given, "bearer_token", form.bearerToken());
        put(given, "username", form.username());
        put(given, "password", form.password());
        return given;
    }

    private static void put(Map<String, String> given, String field, @Nullable String value) {
        if (value != null) {
            given.put(field, value);
        }
    }

    private static void checkHeaders(Map<String, @Nullable String> headers, BiConsumer<String, String> refuse) {
        if (headers.size() > HeaderChecks.MOST_HEADERS) {
            // Refused already; and each is compared with what is wrong so far.
            return;
        }
        var seen = new HashSet<String>();
        headers.forEach((name, value) -> {
            var field = "headers." + name;
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                refuse.accept(field, "is there twice");
            }
            if (value != null && value.isEmpty()) {
                refuse.accept(field, "must not be empty");
            }
            checkText(field, Objects.requireNonNullElse(value, ""), LONGEST_SECRET, refuse);
        });
    }

    private static void checkText(String field, String text, int longest, BiConsumer<String, String> refuse) {
        if (text.codePointCount(0, text.length()) > longest) {
            refuse.accept(field, "must be at most %d characters long".formatted(longest));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            refuse.accept(field, "must not contain line breaks or control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            refuse.accept(field, "must not contain unpaired surrogates");
        }
    }
}
