package io.flowmaestro.connections.worker;

import io.flowmaestro.connections.worker.CredentialMemory.Limits;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The suite as a workflow worker uses it. Make one for the life of the process. */
public final class ConnectionsClient implements AutoCloseable {

    private final Endpoints endpoints;
    private final Exchange exchange = new Exchange();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Calls calls;
    private final CredentialMemory memory;

    ConnectionsClient(Endpoints endpoints, TokenSupplier tokens, Settings settings, Limits limits) {
        this.endpoints = endpoints;
        this.calls = new Calls(exchange, tokens, new ProblemReader(settings.clock()), settings.retries());
        this.memory = new CredentialMemory(limits, settings.clock(), executor);
    }

    /**
     * Begins a client.
     *
     * @param url base URL of broker and gateway together, such as {@code http://localhost:8080}; {@link ConnectionsClientBuilder#gateway}
     *     names another for the gateway
     * @param tokens the worker's own token, see {@link ClientCredentials}
     */
    public static ConnectionsClientBuilder at(URI url, TokenSupplier tokens) {
        return new ConnectionsClientBuilder(url, tokens);
    }

    /** The connections of the user for whom a workflow runs: the one that {@code X-On-Behalf-Of} names. Costs nothing. */
    public UserConnections actingFor(UUID user) {
        return new UserConnections(user, endpoints, calls, memory);
    }

    /** Ends calls that are under way, and forgets everything. */
    @Override
    public void close() {
        executor.shutdownNow();
        exchange.close();
    }
}
