package io.flowmaestro.connections.local.demo;

import io.flowmaestro.connections.local.http.WholeAnswer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** The suite as a caller sees it: the front door, and nothing behind it. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI frontDoor;
    private final HttpClient client;

    Api(URI frontDoor, HttpClient client) {
        this.frontDoor = frontDoor;
        this.client = client;
    }

    /** The same front door through a browser's cookie jar. */
    Api through(Browser browser) {
        return new Api(frontDoor, browser.client());
    }

    Answer get(Caller caller, String path) {
        return send(caller, path, HttpRequest.newBuilder().GET());
    }

    Answer delete(Caller caller, String path) {
        return send(caller, path, HttpRequest.newBuilder().DELETE());
    }

    Answer post(Caller caller, String path) {
        return send(caller, path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
    }

    Answer post(Caller caller, String path, JsonObject body) {
        return send(
                caller,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.encode())));
    }

    private Answer send(Caller caller, String path, HttpRequest.Builder request) {
        request.uri(frontDoor.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + caller.bearer());
        caller.actsFor().ifPresent(user -> request.header("X-On-Behalf-Of", user.toString()));
        HttpRequest complete = request.build();
        String call = complete.method() + " " + path;
        try {
            return Answer.of(call, WholeAnswer.to(complete, client));
        } catch (IOException failure) {
            throw new StepFailed(call + " got no answer from " + frontDoor + " (" + failure + ")");
        } catch (InterruptedException interrupted) {
            throw Interruption.failure();
        }
    }
}
