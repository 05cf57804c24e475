package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What a service answered. */
record Answer(int status, Optional<String> retryAfter, String body) {

    JsonObject json() {
        return new JsonObject(body);
    }

    JsonObject data() {
        return expecting(200).json().getJsonObject("data");
    }

    JsonArray results() {
        return data().getJsonArray("results");
    }

    String code() {
        return json().getString("code");
    }

    Answer expecting(int expected) {
        if (status != expected) {
            throw new AssertionError("answered " + status + " and not " + expected + ": " + body);
        }
        return this;
    }
}
