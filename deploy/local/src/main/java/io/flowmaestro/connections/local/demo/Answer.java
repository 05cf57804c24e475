package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What a call gave back.
 *
 * @param call the method and path, for messages
 * @param cacheControl the header, or an empty text
 */
record Answer(String call, int status, String cacheControl, String text) {

    static Answer of(String call, HttpResponse<String> response) {
        return new Answer(
                call,
                response.statusCode(),
                response.headers().firstValue("Cache-Control").orElse(""),
                response.body());
    }

    Answer expect(int promised) {
        StepFailed.unless(status == promised, call + " answered " + summary() + " where " + promised + " was promised");
        return this;
    }

    JsonObject json() {
        try {
            return new JsonObject(text);
        } catch (DecodeException notJson) {
            throw new StepFailed(call + " answered " + status + " without a JSON object");
        }
    }

    JsonObject data() {
        return Optional.ofNullable(json().getJsonObject("data"))
                .orElseThrow(() -> new StepFailed(call + " answered " + status + " without data"));
    }

    /** The status, and of a problem its code and detail; never the body, which may hold secrets. */
    String summary() {
        if (status < 400) {
            return Integer.toString(status);
        }
        try {
            JsonObject problem = new JsonObject(text);
            return status + " " + problem.getString("code") + ": "
                    + problem.getString("detail", problem.getString("title"));
        } catch (DecodeException | ClassCastException notAProblem) {
            return status + ", which is no problem document";
        }
    }

    /** A problem without what differs from one request to the next. */
    JsonObject comparable() {
        JsonObject problem = json();
        problem.remove("instance");
        problem.remove("trace_id");
        return problem;
    }

    @Override
    public String toString() {
        return "Answer[" + call + ", " + status + "]";
    }
}
