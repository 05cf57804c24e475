package io.flowmaestro.connections.local;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/** Answers that Vert.x' client fetches for a thread which is not one of its own. */
public final class HttpAnswers {

    private HttpAnswers() {}

    /**
     * Sends a request and reads its answer on the client's event loop. A thread of its own that chains the reading to the
     * sending may be too late on a busy machine: the body of an answer that has ended before somebody asks for it never comes.
     */
    public static <T> Future<T> to(
            HttpClient http, RequestOptions options, Buffer body, Function<HttpClientResponse, Future<T>> reading) {
        return http.request(options).compose(request -> request.send(body).compose(reading));
    }
}
