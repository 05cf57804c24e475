package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** JSON over HTTP, as the nodes need it for services that are not Connections. */
final class Web {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;

    Web(HttpClient client) {
        this.client = client;
    }

    /** The JSON of a 200. */
    JsonNode post(HttpRequest.Builder request, JsonNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer = whole(request.timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.request().uri().getHost() + " answered " + answer.statusCode() + ".");
        }
        return JSON.readTree(answer.body());
    }

    /** The timeout of a request ends with the headers of its answer (JDK 25), so a body that stalls is given up here. */
    private HttpResponse<String> whole(HttpRequest request) throws IOException, InterruptedException {
        var answer = new FutureTask<>(() -> client.send(request, BodyHandlers.ofString()));
        Thread.startVirtualThread(answer);
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        } catch (TimeoutException stalled) {
            throw new HttpTimeoutException(request.uri().getHost() + " did not end its answer in time.");
        } finally {
            // Closes the connection when nobody waits any more; an answer that is there stays as it is.
            answer.cancel(true);
        }
    }
}
