package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes what users have. Connections are sealed by the vault and stored as rows, so that those of any method can be had. None is due for
 * a test of its own meanwhile, which would change it.
 */
final class Stock {
    private static final String INSERT = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, mcp_server_url,
                                              expires_at, last_tested_at, test_due_at, deleted_at)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, now() + interval '1 year', now(), now() + interval '1 day', ?)""";

    private final SuiteAccess suite;
    private final People people;
    private final Map<Service, ApiDocument> documents;
    private final String mcpServer;
    private final String canary;
    private final Map<String, Optional<Resource>> kept = new HashMap<>();

    /** @param canary part of the name and the secret of everything that is made */
    Stock(SuiteAccess suite, People people, Map<Service, ApiDocument> documents, String mcpServer, String canary) {
        this.suite = suite;
        this.people = people;
        this.documents = documents;
        this.mcpServer = mcpServer;
        this.canary = canary;
    }

    /** A resource by its id; of a connection, also the envelope that is stored for it. */
    record Resource(String id, Optional<JsonObject> envelope) {
        static Resource of(Object id) {
            return new Resource(id.toString(), Optional.empty());
        }
    }

    /** Always the same one for the same question: for requests that must leave it as it is. */
    Optional<Resource> kept(Kind kind, Service service, UUID owner, boolean deleted) throws Exception {
        var key = kind + " " + service + " " + owner + " " + deleted;
        if (!kept.containsKey(key)) {
            kept.put(key, fresh(kind, service, owner, deleted));
        }
        return kept.get(key);
    }

    /** One that nobody has used; empty where there is no such thing as a deleted one. */
    Optional<Resource> fresh(Kind kind, Service service, UUID owner, boolean deleted) throws Exception {
        return switch (kind) {
            case Kind.Connection connection -> Optional.of(connection(owner, connection.method(), deleted));
            case Kind.Flow _ -> deleted ? Optional.empty() : Optional.of(flow(owner));
            case Kind.User _ -> deleted ? Optional.empty() : Optional.of(user(owner));
            case Kind.Made made -> made(made.path(), service, owner, deleted);
            case Kind.Nobodys nobodys -> Optional.of(Resource.of(nobodys.value()));
        };
    }

    /** An id that was never given out, with an envelope that the vault made for the user. */
    Resource missing(UUID user) throws Exception {
        return new Resource(UUID.randomUUID().toString(), Optional.of(sealed(user, UUID.randomUUID(), "api_key")));
    }

    /** An id with what would be stored under it. */
    Resource unstored(UUID user) throws Exception {
        var id = UUID.randomUUID();
        return new Resource(id.toString(), Optional.of(sealed(user, id, "api_key")));
    }

    private Resource connection(UUID owner, String method, boolean deleted) throws Exception {
        var id = UUID.randomUUID();
        var envelope = sealed(owner, id, method);
        try (var sql = suite.sql();
                var insert = sql.prepareStatement(INSERT)) {
            insert.setObject(1, id);
            insert.setObject(2, owner);
            insert.setString(3, canaryOf(owner));
            insert.setString(4, method);
            insert.setString(5, method.equals("oauth2") ? Kind.NOBODYS.get("provider") : "isolation");
            insert.setString(6, envelope.encode());
            insert.setString(7, method.equals("mcp") ? mcpServer : null);
            insert.setObject(8, deleted ? OffsetDateTime.now() : null);
            insert.executeUpdate();
        }
        return new Resource(id.toString(), Optional.of(envelope));
    }

    String canaryOf(UUID owner) {
        return canary + "-" + owner;
    }

    private JsonObject sealed(UUID owner, UUID id, String method) throws Exception {
        var plaintext = data(method, canaryOf(owner)).encode().getBytes(StandardCharsets.UTF_8);
        var request = new JsonObject()
                .put("connection_id", id.toString())
                .put("purpose", "connection-data")
                .put("plaintext", Base64.getEncoder().encodeToString(plaintext));
        return suite.data(
                        people.broker(owner),
                        "POST",
                        suite.service(Service.CREDENTIAL_VAULT).resolve("/internal/encrypt"),
                        Optional.of(request))
                .getJsonObject("envelope");
    }

    private JsonObject data(String method, String secret) {
        return switch (method) {
            case "mcp" ->
                new JsonObject()
                        .put("server_url", mcpServer)
                        .put("auth_type", "none")
                        .put("headers", new JsonObject().put("X-Isolation", secret));
            case "oauth2" ->
                new JsonObject()
                        .put("access_token", secret)
                        .put("refresh_token", secret)
                        .put("token_type", "Bearer")
                        .put("expires_at", System.currentTimeMillis() + 86_400_000)
                        .put("scope", List.of());
            default -> new JsonObject().put("api_key", secret);
        };
    }

    private Resource flow(UUID owner) throws Exception {
        var begun = suite.data(
                people.person(owner),
                "GET",
                suite.ports().publicUrl().resolve("/api/oauth/" + Kind.NOBODYS.get("provider") + "/authorize"),
                Optional.empty());
        return Resource.of(begun.getString("flow_id"));
    }

    /** Somebody who has a key in the vault and a connection. */
    private Resource user(UUID owner) throws Exception {
        connection(owner, "api_key", false);
        return Resource.of(owner);
    }

    private Optional<Resource> made(String path, Service service, UUID owner, boolean deleted) throws Exception {
        var document = documents.get(service);
        var making = document.operations().stream()
                .filter(operation ->
                        operation.path().equals(path) && operation.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        var collection = suite.base(making).resolve(path);
        Map<String, Object> known = new HashMap<>(Map.of("name", canaryOf(owner), "url", mcpServer));
        for (var place : Place.of(making, document)) {
            var part = fresh(place.kind(), service, owner, false).orElseThrow();
            known.put(place.name(), place.holding(part.id()));
        }
        var body = making.body().map(schema -> new Bodies(document).minimal("", schema, known));
        var id = suite.data(people.person(owner), "POST", collection, body).getString("id");
        if (deleted) {
            var answer = suite.send(
                    people.person(owner), "DELETE", suite.base(making).resolve(path + "/" + id), Optional.empty());
            return answer.statusCode() < 300 ? Optional.of(Resource.of(id)) : Optional.empty();
        }
        return Optional.of(Resource.of(id));
    }

    /** Whether a stored connection of the owner still opens, and to what was sealed. */
    boolean opens(UUID owner, Resource connection) throws Exception {
        var request = new JsonObject()
                .put("connection_id", connection.id())
                .put("purpose", "connection-data")
                .put("envelope", connection.envelope().orElseThrow());
        var opened = suite.data(
                people.broker(owner),
                "POST",
                suite.service(Service.CREDENTIAL_VAULT).resolve("/internal/decrypt"),
                Optional.of(request));
        var text = new String(Base64.getDecoder().decode(opened.getString("plaintext")), StandardCharsets.UTF_8);
        return text.contains(canaryOf(owner));
    }
}
