package io.flowmaestro.connections.local.proof.oauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scripted providers as a catalogue knows them, and their clients as brokers do. */
final class ProviderFiles {
    /** One for each trial, so that a breaker that one of them opens is not in the way of another. */
    static final List<String> KEYS = List.of(
            "race-fast",
            "race-medium",
            "race-slow",
            "crash-strict",
            "crash-grace",
            "database",
            "frozen",
            "changes",
            "away",
            "stopped",
            "given-up",
            "granted",
            "reset",
            "reset-rotated",
            "half-close",
            "half-close-rotated",
            "truncated",
            "truncated-rotated",
            "error-in-success",
            "too-many",
            "server-error",
            "gateway-error",
            "gateway-error-rotated",
            "stall",
            "stall-rotated",
            "invalid-client",
            "clock",
            "attacked",
            "attacked-iss",
            "attacked-other");

    private ProviderFiles() {}

    static void write(Path folder, ScriptedProvider provider) throws IOException {
        Files.createDirectories(folder);
        for (var key : KEYS) {
            Files.writeString(
                    folder.resolve(key + ".yaml"), """
                    key: %1$s
                    name: Scripted %1$s
                    category: developer
                    methods:
                      oauth2:
                        authorize: %2$s/authorize
                        token: %2$s/token
                        revoke: {method: POST, url: "%2$s/revoke", auth: body}
                        issuer: %2$s
                        authorization_response_iss_parameter_supported: %3$s
                        default_scopes: [read]
                        pkce: required
                        token_auth: body
                        refresh:
                          rotates: true
                    """.formatted(key, provider.url(key), key.endsWith("-iss")));
        }
    }

    static Map<String, String> clients() {
        var clients = new HashMap<String, String>();
        for (var key : KEYS) {
            var name = key.toUpperCase(Locale.ROOT).replace('-', '_');
            clients.put(name + "_CLIENT_ID", "client-of-" + key);
            clients.put(name + "_CLIENT_SECRET", "secret-of-" + key);
        }
        return clients;
    }
}
