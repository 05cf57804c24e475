package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Who makes a call.
 *
 * @param actsFor the user that a worker names in X-On-Behalf-Of
 */
record Caller(String name, String bearer, Optional<UUID> actsFor) {

    static Caller of(String name, String bearer) {
        return new Caller(name, bearer, Optional.empty());
    }

    Caller actingFor(Caller user) {
        return new Caller(name + " acting for " + user.name, bearer, Optional.of(user.subject()));
    }

    /** From the token's payload. Nothing is verified here: the services do that. */
    UUID subject() {
        int start = bearer.indexOf('.') + 1;
        byte[] payload = Base64.getUrlDecoder().decode(bearer.substring(start, bearer.indexOf('.', start)));
        return UUID.fromString(new JsonObject(new String(payload, StandardCharsets.UTF_8)).getString("sub"));
    }

    @Override
    public String toString() {
        return "Caller[" + name + "]";
    }
}
