package io.flowmaestro.connections.mcp.upstream;

import io.flowmaestro.connections.egress.HeaderRules;
import io.flowmaestro.connections.http.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what was written down into a server that can be called, or says everything that is wrong with it. */
@ApplicationScoped
public class ServerForms {

    private static final String API_KEY_HEADER = "X-API-Key";
    private static final List<String> PROTOCOLS = List.of("http", "https", "ws", "wss");

    private final Duration defaultTimeout;
    private final Duration longestTimeout;

    ServerForms(UpstreamSettings settings) {
        this.defaultTimeout = settings.defaultTimeout();
        this.longestTimeout = settings.longestTimeout();
    }

    /**
     * Checks what is stored. It may be of a time when the rules were others, so what does no harm is let pass.
     *
     * @throws InvalidServer with one violation for each field that is wrong
     */
    public McpServer read(ServerForm form) {
        return sound(read(form, new ArrayList<>()));
    }

    /**
     * Checks what somebody is about to save, and can still put right: what {@link #read} refuses, and what nobody can have
     * meant.
     *
     * @throws InvalidServer with one violation for each field that is wrong
     */
    public McpServer readNew(ServerForm form) {
        var read = read(form, new ArrayList<>());
        NewServerChecks.check(form, read.wrong());
        return sound(read);
    }

    /** @param server to be made when nothing is wrong: it takes no header that cannot be sent */
    private record Read(Supplier<McpServer> server, List<Violation> wrong) {}

    private static McpServer sound(Read read) {
        if (!read.wrong().isEmpty()) {
            throw new InvalidServer(read.wrong());
        }
        return read.server().get();
    }

    private Read read(ServerForm form, List<Violation> wrong) {
        var url = text("server_url", form.serverUrl(), wrong);
        checkProtocol(form.protocol(), url, wrong);
        var auth = auth(form, wrong);
        var custom = HeaderChecks.custom(form.givenHeaders(), auth, wrong);
        if (wrong.isEmpty() && !auth.headers().values().stream().allMatch(HeaderRules::allowedValue)) {
            wrong.add(new Violation("auth_type", "its credentials are longer than a header may be"));
        }
        var timeout = timeout(form.timeout(), wrong);
        return new Read(
                () -> new McpServer(url, auth, custom, timeout, form.token(0).scopes()), wrong);
    }

    /** The URL's scheme says it, too; where both are given they must agree. */
    private static void checkProtocol(@Nullable String protocol, String url, List<Violation> wrong) {
        if (protocol != null && !PROTOCOLS.contains(protocol)) {
            wrong.add(new Violation("protocol", "must be one of " + String.join(", ", PROTOCOLS)));
        } else if (protocol != null
                && PROTOCOLS.stream().anyMatch(known -> hasScheme(url, known))
                && !hasScheme(url, protocol)) {
            wrong.add(new Violation("protocol", "must be the scheme of server_url"));
        }
    }

    private static boolean hasScheme(String url, String scheme) {
        var prefix = scheme + "://";
        return url.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static UpstreamAuth auth(ServerForm form, List<Violation> wrong) {
        return switch (Objects.requireNonNullElse(form.authType(), "none")) {
            case "none" -> new UpstreamAuth.None();
            case "api_key" -> apiKey(form, wrong);
            case "bearer" -> bearer(form, wrong);
            case "basic" -> basic(form, wrong);
            case "oauth2" -> oauth(form, wrong);
            default -> {
                wrong.add(new Violation("auth_type", "must be one of none, api_key, bearer, basic, oauth2"));
                yield new UpstreamAuth.None();
            }
        };
    }

    private static UpstreamAuth apiKey(ServerForm form, List<Violation> wrong) {
        var header = Objects.requireNonNullElse(form.apiKeyHeader(), API_KEY_HEADER);
        HeaderChecks.name("api_key_header", header, wrong);
        return new UpstreamAuth.ApiKey(header, secret("api_key", form.apiKey(), wrong));
    }

    private static UpstreamAuth oauth(ServerForm form, List<Violation> wrong) {
        if (form.accessToken() == null || form.accessToken().isEmpty()) {
            wrong.add(new Violation(
                    "auth_type", "oauth2 is connected by signing in: begin with GET /api/oauth/mcp/authorize"));
            return new UpstreamAuth.None();
        }
        return new UpstreamAuth.Bearer(secret("access_token", form.accessToken(), wrong));
    }

    private static UpstreamAuth bearer(ServerForm form, List<Violation> wrong) {
        return new UpstreamAuth.Bearer(secret("bearer_token", form.bearerToken(), wrong));
    }

    private static UpstreamAuth basic(ServerForm form, List<Violation> wrong) {
        var username = text("username", form.username(), wrong);
        if (username.indexOf(':') >= 0) {
            wrong.add(new Violation("username", "must not contain a colon"));
        }
        // An empty password is a password; the pair is base64 on the wire, so any character will do.
        if (form.password() == null) {
            wrong.add(new Violation("password", "is required"));
        }
        return new UpstreamAuth.Basic(username, new Secret(Objects.requireNonNullElse(form.password(), "")));
    }

    private static Secret secret(String field, @Nullable String value, List<Violation> wrong) {
        var secret = text(field, value, wrong);
        HeaderChecks.value(field, secret, wrong);
        return new Secret(secret);
    }

    private static String text(String field, @Nullable String value, List<Violation> wrong) {
        if (value == null || value.isBlank()) {
            wrong.add(new Violation(field, "is required"));
            return "";
        }
        return value;
    }

    private Duration timeout(@Nullable Long millis, List<Violation> wrong) {
        if (millis == null) {
            return defaultTimeout;
        }
        if (millis < 1) {
            wrong.add(new Violation("timeout", NewServerChecks.TIMEOUTS));
            return defaultTimeout;
        }
        return Duration.ofMillis(Math.min(millis, longestTimeout.toMillis()));
    }
}
