package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.json;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A client against a stub of the suite, with a clock of its own. */
final class Suite implements AutoCloseable {

    static final UUID ALICE = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");
    static final UUID BOB = UUID.fromString("0190a1ce-0000-7000-8000-000000000b0b");
    static final UUID CONNECTION = UUID.fromString("01a20632-8723-7084-862d-61f1084acb54");
    static final String CREDENTIAL = "/api/credentials/" + CONNECTION;
    static final String REFUSED = CREDENTIAL + "/refused";
    static final String TOOL = "/api/mcp/" + CONNECTION + "/call";

    final StubServer server = new StubServer();
    final TestClock clock = new TestClock();
    final ConnectionsClient client;

    Suite() {
        this(() -> "workers-token");
    }

    Suite(TokenSupplier tokens) {
        client = build(tokens, 100);
    }

    ConnectionsClient build(TokenSupplier tokens, int remembered) {
        return ConnectionsClient.at(server.url(), tokens).remembered(remembered).build(settings());
    }

    /** One that waits so long for an answer. */
    ConnectionsClient waiting(Duration limit) {
        return ConnectionsClient.at(server.url(), () -> "workers-token")
                .timeout(limit)
                .toolTimeout(limit)
                .build(settings());
    }

    private Settings settings() {
        return new Settings(clock, retries(), Duration.ofSeconds(10));
    }

    static Retries retries() {
        return new Retries(3, Duration.ofSeconds(2), Duration.ofMillis(20), () -> 42L);
    }

    UserConnections alice() {
        return client.actingFor(ALICE);
    }

    int asked() {
        return server.received(CREDENTIAL).size();
    }

    StubServer.Reply token(String token, long version, Duration life) {
        Instant end = clock.instant().plus(life);
        return json(200, """
            {"success": true, "data": {"type": "oauth2", "access_token": "%s", "token_type": "Bearer", "scope": ["read", "write"],
             "expires_at": "%s", "credential_version": %d, "team": "T1",
             "apply": {"headers": {"Authorization": "Bearer %1$s"}, "query": {}, "base_url": null}}}
            """.formatted(token, end, version));
    }

    static StubServer.Reply credential(String fields) {
        return json(
                200,
                "{\"success\": true, \"data\": {\"credential_version\": 3, \"expires_at\": null, " + fields + "}}");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
