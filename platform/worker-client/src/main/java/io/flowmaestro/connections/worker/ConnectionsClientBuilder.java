package io.flowmaestro.connections.worker;

import io.flowmaestro.connections.worker.CredentialMemory.Limits;
import java.net.URI;
import java.time.Duration;

/** Settings of a client. The defaults fit a worker that runs many workflows. */
public final class ConnectionsClientBuilder {

    private final URI broker;
    private final TokenSupplier tokens;
    private URI gateway;
    private boolean plainHttpAllowed;
    private Duration timeout = Duration.ofSeconds(30);
    private Duration toolTimeout = Duration.ofSeconds(130);
    private int remembered = 10_000;
    private Duration maximumAge = Duration.ofSeconds(60);
    private Duration margin = Duration.ofSeconds(30);
    private int attempts = 3;
    private Duration patience = Duration.ofSeconds(10);

    ConnectionsClientBuilder(URI url, TokenSupplier tokens) {
        this.broker = url;
        this.gateway = url;
        this.tokens = tokens;
    }

    /** Base URL of mcp-gateway, where it is not the broker's. */
    public ConnectionsClientBuilder gateway(URI url) {
        this.gateway = url;
        return this;
    }

    /** For a network that encrypts by itself, such as a mesh. Loopback needs no leave. */
    public ConnectionsClientBuilder allowPlainHttp() {
        this.plainHttpAllowed = true;
        return this;
    }

    /** Of one try of a call of the broker, for the whole answer; 30 s. */
    public ConnectionsClientBuilder timeout(Duration limit) {
        this.timeout = limit;
        return this;
    }

    /** Of a tool call, for the whole answer; 130 s. The tool may run on after it. */
    public ConnectionsClientBuilder toolTimeout(Duration limit) {
        this.toolTimeout = limit;
        return this;
    }

    /** Credentials remembered at once, for all users together; 10,000, and 0 for none. */
    public ConnectionsClientBuilder remembered(int credentials) {
        this.remembered = credentials;
        return this;
    }

    /**
     * How long a credential is used before the broker is asked again; 60 s. So long may a worker go on with a connection that its
     * user has deleted or revoked, and so long is its use not recorded anew.
     */
    public ConnectionsClientBuilder maximumAge(Duration age) {
        this.maximumAge = age;
        return this;
    }

    /** How long before its end a token is no longer used; 30 s. It has to cover the longest request and the clocks' difference. */
    public ConnectionsClientBuilder margin(Duration beforeTheEnd) {
        this.margin = beforeTheEnd;
        return this;
    }

    /** How often a call is made at most (3), and how long all waiting in between may last (10 s). */
    public ConnectionsClientBuilder retries(int most, Duration longest) {
        if (most < 1) {
            throw new IllegalArgumentException("A call is made at least once.");
        }
        this.attempts = most;
        this.patience = longest;
        return this;
    }

    public ConnectionsClient build() {
        return build(Settings.of(attempts, patience));
    }

    ConnectionsClient build(Settings settings) {
        Endpoints endpoints = new Endpoints(
                Address.checked("The broker's address", broker, plainHttpAllowed),
                Address.checked("The gateway's address", gateway, plainHttpAllowed),
                timeout,
                toolTimeout);
        return new ConnectionsClient(endpoints, tokens, settings, new Limits(remembered, maximumAge, margin));
    }
}
