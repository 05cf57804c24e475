package io.flowmaestro.connections.migration.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.row.MappedRow.Importable;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls {@code POST /internal/imports/connections}. The operation is idempotent by id, so that an attempt whose answer
 * was lost is made again; the row then reads {@code unchanged}.
 */
public final class RegistryClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI operation;
    private final OperatorToken token;
    private final Patience patience;
    private final StopRequest stop;

    public RegistryClient(URI registry, boolean dryRun, OperatorToken token, Patience patience, StopRequest stop) {
        this.operation = URI.create(registry + "/internal/imports/connections?dry_run=" + dryRun);
        this.token = token;
        this.patience = patience;
        this.stop = stop;
    }

    /**
     * One result for each row, in order.
     *
     * @throws Refusal when the registry cannot be had to answer; nothing may be concluded for the rows then
     * @throws Stopped when asked to stop between two attempts
     */
    public List<RowResult> send(List<Importable> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Reply reply = answered(request(rows));
        return switch (reply.status()) {
            case 200 -> reply.results(rows);
            case 400, 413, 422 -> onePart(rows, reply);
            default -> throw Refusals.of(operation, reply);
        };
    }

    /** One row, or their size together, can make the registry refuse the whole: halved until it is known which. */
    private List<RowResult> onePart(List<Importable> rows, Reply reply) {
        if (rows.size() == 1) {
            return List.of(
                    RowResult.refused(reply.code(), "The registry takes no request with this row: " + reply.summary()));
        }
        int half = rows.size() / 2;
        List<RowResult> results = new ArrayList<>(send(rows.subList(0, half)));
        results.addAll(send(rows.subList(half, rows.size())));
        return results;
    }

    private Reply answered(byte[] body) {
        for (int attempt = 1; ; attempt++) {
            String reason;
            Optional<Duration> asked = Optional.empty();
            try {
                Reply reply = Reply.of(exchanged(post(body)));
                if (reply.status() == 401 && token.renewed()) {
                    continue;
                }
                if (!Refusals.passing(reply.status())) {
                    return reply;
                }
                reason = reply.summary();
                asked = reply.retryAfter();
            } catch (IOException failure) {
                reason = failure.getClass().getSimpleName()
                        + Optional.ofNullable(failure.getMessage())
                                .map(text -> " " + text)
                                .orElse("");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
            if (attempt >= patience.attempts()) {
                throw Refusal.stopped("The registry at " + operation.getAuthority() + " did not take a batch in "
                        + attempt + " attempts (the last: " + reason + "). Nothing of the batch is lost.");
            }
            pause(attempt + 1, asked);
        }
    }

    /** The timeout of a request ends with the headers of its answer (JDK 25), so a body that stalls is given up here. */
    private HttpResponse<String> exchanged(HttpRequest request) throws IOException, InterruptedException {
        var answer = new FutureTask<>(() -> http.send(request, BodyHandlers.ofString()));
        Thread.startVirtualThread(answer);
        try {
            return answer.get(patience.request().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        } catch (TimeoutException stalled) {
            throw new HttpTimeoutException("request timed out");
        } finally {
            // Closes the connection when nobody waits any more; an answer that is there stays as it is.
            answer.cancel(true);
        }
    }

    private void pause(int attempt, Optional<Duration> asked) {
        Duration own = patience.before(attempt);
        Duration wait = asked.filter(longer -> longer.compareTo(own) > 0)
                .map(longer -> longer.compareTo(patience.longest()) < 0 ? longer : patience.longest())
                .orElse(own);
        // Up to a quarter more, so that several runs do not come back at once.
        long jitter = ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1);
        if (stop.askedWithin(wait.plusMillis(jitter))) {
            throw new Stopped();
        }
    }

    private HttpRequest post(byte[] body) {
        return HttpRequest.newBuilder(operation)
                .timeout(patience.request())
                .header("Authorization", "Bearer " + token.reveal())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static byte[] request(List<Importable> rows) {
        var request = JsonNodeFactory.instance.objectNode();
        var connections = request.putArray("connections");
        rows.forEach(row -> connections.add(row.body()));
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
