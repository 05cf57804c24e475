package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.load.Target.Call;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A worker's calls for the credentials of several users, who have an API key and an OAuth connection each. */
final class CredentialReads {

    static final List<String> METHODS = List.of("api_key", "oauth2");

    private static final String PATH = "/api/credentials/";
    private static final String BARE_PATH = "/api/bare/credentials/";
    /** The worker's tokens are made anew for every target, and are good for ten minutes; those of the providers are not due. */
    private static final Duration LASTING = Duration.ofHours(12);

    private final List<Connection> apiKeys;
    private final List<Connection> oauth;

    CredentialReads(int users, LocalProvider provider) {
        var ids = IntStream.range(0, users).mapToObj(_ -> UUID.randomUUID()).toList();
        var end = Instant.now().plus(LASTING);
        apiKeys = ids.stream().map(Connection::apiKey).toList();
        oauth = ids.stream().map(user -> provider.connection(user, end)).toList();
    }

    void store(StoredConnections stock) throws SQLException {
        for (int i = 0; i < apiKeys.size(); i++) {
            var ofOneUser = List.of(apiKeys.get(i), oauth.get(i));
            stock.store("read", ofOneUser.size(), ofOneUser::get);
        }
    }

    Target of(String method, PackagedService broker, String name) {
        return Target.posts(name, broker.port(), PATH, calls(method));
    }

    Target bare(String method, PackagedService baseline, String name) {
        return Target.posts(name, baseline.port(), BARE_PATH + method + "/", calls(method));
    }

    private List<Call> calls(String method) {
        var token = Tokens.worker();
        return (method.equals("oauth2") ? oauth : apiKeys)
                .stream()
                        .map(connection -> new Call(
                                connection.id().toString(),
                                MultiMap.caseInsensitiveMultiMap()
                                        .add("Authorization", "Bearer " + token)
                                        .add("X-On-Behalf-Of", connection.user().toString()),
                                Buffer.buffer()))
                        .toList();
    }
}
