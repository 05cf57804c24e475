package io.flowmaestro.connections.worker;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a request once. Redirects are not followed: a token does not leave the address it is for. */
final class Exchange implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** The JDK's limit comes first where it holds: it knows whether there was a connection, and so whether anything was sent. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Waits for the whole answer as long as the request's timeout says.
     *
     * @throws UnreachableException if no answer comes
     */
    Answer send(HttpRequest request) {
        try {
            return Answer.of(whole(request));
        } catch (IOException failure) {
            throw UnreachableException.of(request.uri(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnreachableException.interrupted();
        }
    }

    /**
     * The timeout of a request ends with the headers of its answer (JDK 25), so a body that stalls is given up here. Sent on a thread
     * of its own: what {@code sendAsync} answers waits for the common pool, which others may have filled.
     */
    private HttpResponse<String> whole(HttpRequest request) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long limit =
                TimeUnit.MILLISECONDS.convert(request.timeout().orElseThrow().plus(MARGIN));
        var answer = new FutureTask<>(() -> http.send(request, BodyHandlers.ofString()));
        Thread.startVirtualThread(answer);
        try {
            return answer.get(limit, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        } catch (TimeoutException stalled) {
            throw new HttpTimeoutException("request timed out");
        } finally {
            // Closes the connection when nobody waits any more; an answer that is there stays as it is.
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
