package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The connections that the demonstration made, so that it can take them away again. */
final class AlicesConnections {
    private final Api api;
    private final Caller alice;
    private final List<UUID> made = new ArrayList<>();

    AlicesConnections(Api api, Caller alice) {
        this.api = api;
        this.alice = alice;
    }

    Answer create(String name, String method, String provider, JsonObject data) {
        Answer answer = api.post(
                alice,
                "/api/connections",
                new JsonObject()
                        .put("name", name)
                        .put("connection_method", method)
                        .put("provider", provider)
                        .put("data", data));
        remember(idOf(answer.expect(201)));
        return answer;
    }

    void remember(UUID id) {
        made.add(id);
    }

    static UUID idOf(Answer answer) {
        return UUID.fromString(answer.data().getString("id"));
    }

    /** Deletes them and answers how many; those that could not be deleted stay in the list. */
    int deleteAll() {
        int before = made.size();
        made.removeIf(id -> api.delete(alice, "/api/connections/" + id).status() < 300);
        return before - made.size();
    }

    List<UUID> left() {
        return List.copyOf(made);
    }
}
