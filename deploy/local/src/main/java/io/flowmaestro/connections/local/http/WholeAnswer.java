package io.flowmaestro.connections.local.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer with all of its body, or none in time. */
public final class WholeAnswer {

    private WholeAnswer() {}

    /**
     * Waits for the whole answer as long as the request's timeout says. That one ends with the headers (JDK 25), so a body that
     * stalls is given up here. Sent on a thread of its own: what {@code sendAsync} answers waits for the common pool, which others
     * may have filled.
     *
     * @param request with a timeout
     * @throws IOException if no whole answer comes, an {@link HttpTimeoutException} if none comes in time
     */
    public static HttpResponse<String> to(HttpRequest request, HttpClient client)
            throws IOException, InterruptedException {
        var answer = new FutureTask<>(() -> client.send(request, BodyHandlers.ofString()));
        Thread.startVirtualThread(answer);
        try {
            return answer.get(request.timeout().orElseThrow().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        } catch (TimeoutException stalled) {
            throw new HttpTimeoutException("request timed out");
        } finally {
            // Closes the connection when nobody waits any more; an answer that is there stays as it is.
            answer.cancel(true);
        }
    }
}
