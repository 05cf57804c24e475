package io.flowmaestro.connections.local.proof.keycloak;

import io.flowmaestro.connections.local.home.Secrets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A realm that is the suite's identity provider, and an OAuth provider of its users' connections besides. */
final class Realm {
    static final String NAME = "connections";
    static final String USER = "alice";
    static final String PASSWORD = "alice";
    /** The suite's own user interface, and here the way to a user's token. */
    static final String USER_INTERFACE = "connections-ui";
    /** What the broker is at the provider. */
    static final String CLIENT = "connected-app";

    /** Due after half of it. */
    static final int ACCESS_TOKEN_SECONDS = 6;

    private static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");

    private Realm() {}

    /** Refresh tokens are good for one use, and their reuse ends the session. */
    static JsonObject of(Secrets secrets, String clientSecret, String redirectUri) {
        var users = new JsonArray().add(person());
        var clients = new JsonArray()
                .add(userInterface())
                .add(provided(clientSecret, redirectUri))
                .add(service("worker", secrets.clientSecret("worker")));
        users.add(account("worker", "worker"));
        for (var service : SERVICES) {
            clients.add(service(service, secrets.clientSecret(service)));
            users.add(account(service, "service"));
        }
        var roles = new JsonArray();
        List.of("user", "admin", "worker", "service").forEach(role -> roles.add(new JsonObject().put("name", role)));
        return new JsonObject()
                .put("realm", NAME)
                .put("enabled", true)
                .put("sslRequired", "none")
                .put("accessTokenLifespan", ACCESS_TOKEN_SECONDS)
                .put("revokeRefreshToken", true)
                .put("refreshTokenMaxReuse", 0)
                .put("roles", new JsonObject().put("realm", roles))
                .put("clients", clients)
                .put("users", users);
    }

    private static JsonObject person() {
        return new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("username", USER)
                .put("enabled", true)
                .put("email", "alice@example.com")
                .put("emailVerified", true)
                .put("firstName", "Alice")
                .put("lastName", "Example")
                .put(
                        "credentials",
                        new JsonArray()
                                .add(new JsonObject().put("type", "password").put("value", PASSWORD)))
                .put("realmRoles", new JsonArray().add("user"));
    }

    private static JsonObject account(String client, String role) {
        return new JsonObject()
                .put("username", "service-account-" + client)
                .put("enabled", true)
                .put("serviceAccountClientId", client)
                .put("realmRoles", new JsonArray().add(role));
    }

    private static JsonObject userInterface() {
        return client(USER_INTERFACE)
                .put("publicClient", true)
                .put("directAccessGrantsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("attributes", new JsonObject(Map.of("access.token.lifespan", "3600")))
                .put("protocolMappers", ofTheSuite());
    }

    private static JsonObject service(String name, String secret) {
        return client(name)
                .put("secret", secret)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("attributes", new JsonObject(Map.of("access.token.lifespan", "3600")))
                .put("protocolMappers", ofTheSuite());
    }

    private static JsonObject provided(String secret, String redirectUri) {
        return client(CLIENT)
                .put("secret", secret)
                .put("standardFlowEnabled", true)
                .put("redirectUris", new JsonArray().add(redirectUri));
    }

    private static JsonObject client(String id) {
        return new JsonObject().put("clientId", id).put("enabled", true).put("protocol", "openid-connect");
    }

    /** The audience and the roles that the suite's tokens name. */
    private static JsonArray ofTheSuite() {
        return new JsonArray()
                .add(mapper("oidc-audience-mapper", Map.of("included.custom.audience", "connections")))
                .add(mapper(
                        "oidc-usermodel-realm-role-mapper",
                        Map.of("claim.name", "groups", "multivalued", "true", "jsonType.label", "String")));
    }

    private static JsonObject mapper(String kind, Map<String, Object> settings) {
        return new JsonObject()
                .put("name", kind)
                .put("protocol", "openid-connect")
                .put("protocolMapper", kind)
                .put("config", new JsonObject(settings).copy().put("access.token.claim", "true"));
    }
}
