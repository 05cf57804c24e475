package io.flowmaestro.connections.worker;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The worker's own token by client credentials (RFC 6749, 4.4). The token endpoint is found in the issuer's metadata. A token is
 * renewed before it ends; while that fails, the one that still lives is used. One request at a time, whoever waits; and none for a
 * few seconds after one that failed, so that those who waited do not go through all its tries one after the other.
 */
public final class ClientCredentials implements TokenSupplier, AutoCloseable {

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    private final ReentrantLock renewing = new ReentrantLock();
    private final Exchange exchange = new Exchange();
    private final TokenEndpoint endpoint;
    private final Settings settings;
    private @Nullable WorkerToken held;
    private @Nullable Failure failed;

    private ClientCredentials(URI issuer, Client client, Settings settings) {
        this.settings = settings;
        this.endpoint = new TokenEndpoint(issuer, client, exchange, settings);
    }

    /** @param until when nobody asks again */
    private record Failure(ConnectionsException reason, Instant until) {}

    /**
     * Who asks.
     *
     * @param secret asked for at each request, so that a rotated secret file is picked up
     * @param parameters of the token request, such as {@code audience} or {@code resource}, where the issuer wants any
     */
    record Client(String id, Supplier<String> secret, Map<String, String> parameters) {

        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    /**
     * Tokens of a client, renewed as long as they are asked for.
     *
     * @param issuer of the tokens, as the suite's {@code CONNECTIONS_ISSUER}; https but on loopback
     * @param secret asked for at each request
     */
    public static ClientCredentials of(URI issuer, String clientId, Supplier<String> secret) {
        return of(issuer, clientId, secret, Map.of());
    }

    /**
     * The same with more parameters.
     *
     * @param parameters of the token request, such as {@code audience} or {@code resource}, where the issuer wants any
     */
    public static ClientCredentials of(
            URI issuer, String clientId, Supplier<String> secret, Map<String, String> parameters) {
        return of(issuer, new Client(clientId, secret, Map.copyOf(parameters)), Settings.of(3, Duration.ofSeconds(10)));
    }

    static ClientCredentials of(URI issuer, Client client, Settings settings) {
        return new ClientCredentials(Address.checked("The issuer", issuer, false), client, settings);
    }

    @Override
    public String token() {
        lock();
        try {
            Instant now = settings.clock().instant();
            if (held != null && now.isBefore(held.renewal())) {
                return held.value();
            }
            return failed != null && now.isBefore(failed.until()) ? livingOr(failed.reason(), now) : renewed(now);
        } finally {
            renewing.unlock();
        }
    }

    /** A token that is younger than a few seconds is not given up: a service that refuses it would refuse the next one as well. */
    @Override
    public void refused(String token) {
        lock();
        try {
            Instant now = settings.clock().instant();
            if (held != null
                    && held.value().equals(token)
                    && now.isAfter(held.since().plus(AFTER_A_FAILURE))) {
                held = null;
                // What failed while there was this one is no reason not to ask for another.
                failed = null;
            }
        } finally {
            renewing.unlock();
        }
    }

    private void lock() {
        try {
            renewing.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnreachableException.interrupted();
        }
    }

    private String renewed(Instant now) {
        try {
            WorkerToken next = endpoint.request(now);
            held = next;
            return next.value();
        } catch (ConnectionsException failure) {
            // Not from before the tries: they may last longer than the pause.
            Instant after = settings.clock().instant();
            // A caller who was interrupted has learnt nothing about the issuer.
            if (!Thread.currentThread().isInterrupted()) {
                failed = new Failure(failure, after.plus(AFTER_A_FAILURE));
            }
            return livingOr(failure, after);
        }
    }

    private String livingOr(ConnectionsException failure, Instant now) {
        if (held == null || !now.isBefore(held.end())) {
            throw failure;
        }
        return held.value();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
